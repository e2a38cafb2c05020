"""minisrv over TLS for the length of a `with`, with a certificate that nobody else trusts.

A throw-away authority signs it, and a client that is given `verify` trusts that one alone. Left
out: a browser of yours, which does not know the authority and would warn, rightly.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import trustme

from classroom.server.live_server import LiveServer
from classroom.server.network import HOST
from minisrv.settings import Settings

NAMES = (HOST, "trax.localhost", "blog.trax.localhost")


class TlsServer:
    """Our own routes over https at `url`; `verify` is the authority's file, as `requests` takes it.

    Pass `verify=` with each call: a variable REQUESTS_CA_BUNDLE would beat that of a Session.
    """

    def __init__(self, **settings: object) -> None:
        """Take minisrv's Settings by name; nothing is started or written yet."""
        self._wanted = {"database_url": "sqlite://", **settings}

    def __enter__(self) -> "TlsServer":
        """Make authority and certificate, and serve at a free port of this machine."""
        self._folder = TemporaryDirectory(prefix="trax-tls-")
        try:
            self._start(Path(self._folder.name))
        except BaseException:
            self._folder.cleanup()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the server and delete keys and certificates."""
        try:
            self._running.stop()
        finally:
            self._folder.cleanup()

    def _start(self, folder: Path) -> None:
        authority = trustme.CA()
        own = authority.issue_cert(*NAMES)
        self.verify, both = str(folder / "authority.pem"), str(folder / "server.pem")
        authority.cert_pem.write_to_path(self.verify)
        own.private_key_and_cert_chain_pem.write_to_path(both)
        wished = Settings(host=HOST, port=0, tls_cert=both, tls_key=both, **self._wanted)
        self._running = LiveServer(wished)
        self.url = self._running.url
