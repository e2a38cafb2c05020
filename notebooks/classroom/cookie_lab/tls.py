"""A third port of the lab, over TLS, for which only a browser that we start ourselves is prepared.

Its certificate is a throw-away one. Left out: a tab of yours, which would warn, rightly.
"""

import base64
import hashlib
import socket
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate
from starlette.types import ASGIApp

from classroom.cookie_lab.request_kinds import HOSTS, SCHEME
from classroom.server.background import Background
from minisrv.settings import Settings


def start(app: ASGIApp, settings: Settings, listener: socket.socket) -> tuple[Background, str]:
    """Serve `app` over TLS; return the server, and of its key the hash by which it is trusted."""
    own = trustme.CA().issue_cert(HOSTS[SCHEME][0])
    with TemporaryDirectory(prefix="lab-tls-") as folder:
        both = Path(folder, "server.pem")
        own.private_key_and_cert_chain_pem.write_to_path(both)
        server = Background(app, replace(settings, tls_cert=str(both), tls_key=str(both)), listener)
        server.start()  # which reads the file
    return server, _key_hash(own.cert_chain_pems[0].bytes())


def _key_hash(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate's public key in base64 (RFC 7469 §2.4)."""
    key = load_pem_x509_certificate(certificate).public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(spki).digest()).decode()
