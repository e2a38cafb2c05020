"""TLS with a throw-away certificate: the files for any server, and minisrv over https for a `with`.

An authority that is made for one use signs the certificate. A client trusts it only if it is told
to, so a browser of yours would warn, rightly.
"""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate

from classroom.server.live_server import LiveServer
from classroom.server.network import HOST
from minisrv.settings import Settings

NAMES = (HOST, "trax.localhost", "blog.trax.localhost")


@dataclass(frozen=True)
class Certificate:
    """The paths of three PEM files: the authority's certificate, the server's, and its key."""

    authority: str
    server: str
    key: str

    @property
    def settings(self) -> dict[str, str]:
        """The fields of minisrv's Settings by which a server uses it."""
        return {"tls_cert": self.server, "tls_key": self.key}

    @property
    def key_hash(self) -> str:
        """The SHA-256 of the public key in base64 (RFC 7469 §2.4), by which Chromium trusts it."""
        key = load_pem_x509_certificate(Path(self.server).read_bytes()).public_key()
        spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(hashlib.sha256(spki).digest()).decode()


@contextmanager
def certificate_for(*names: str) -> Iterator[Certificate]:
    """Make an authority and a certificate for the hosts `names`; delete the files at the end."""
    authority = trustme.CA()
    issued = authority.issue_cert(*names)
    with TemporaryDirectory(prefix="trax-tls-") as folder:
        paths = [str(Path(folder, f"{name}.pem")) for name in ("authority", "server", "key")]
        authority.cert_pem.write_to_path(paths[0])
        issued.cert_chain_pems[0].write_to_path(paths[1])
        issued.private_key_pem.write_to_path(paths[2])
        yield Certificate(*paths)


class TlsServer:
    """minisrv over https at `url`; `verify` is the authority's file, as `requests` takes it.

    Pass `verify=` with each call: a variable REQUESTS_CA_BUNDLE would replace that of a Session.
    """

    def __init__(self, **settings: object) -> None:
        """Take minisrv's Settings by name; nothing is started or written yet."""
        self._wanted = {"database_url": "sqlite://", **settings}

    def __enter__(self) -> "TlsServer":
        """Make the certificate, and serve at a free port of this machine."""
        with ExitStack() as stack:
            certificate = stack.enter_context(certificate_for(*NAMES))
            settings = Settings(host=HOST, port=0, **certificate.settings, **self._wanted)
            server = LiveServer(settings)
            stack.callback(server.stop)
            self.url, self.verify = server.url, certificate.authority
            self._stack = stack.pop_all()  # everything went well: close it in __exit__, not here
        return self

    def __exit__(self, *error: object) -> None:
        """End the server and delete the files."""
        self._stack.close()
