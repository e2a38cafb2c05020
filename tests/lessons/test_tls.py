"""minisrv over TLS: a Secure cookie comes back, nobody else trusts it, and nothing is left behind.

Left out: certificates that run out.
"""

import tempfile
from pathlib import Path

import pytest
import requests

from classroom.server.tls import TlsServer

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}


def test_requests_returns_the_secure_cookie_over_tls() -> None:
    with TlsServer(bcrypt_cost=4) as safe, requests.Session() as session:
        assert safe.url.startswith("https://127.0.0.1:")
        answer = session.post(safe.url + "/api/signup", json=ADA, verify=safe.verify, timeout=60)
        assert "; Secure" in answer.headers["Set-Cookie"]
        answer = session.get(safe.url + "/api/me", verify=safe.verify, timeout=60)
        assert answer.json()["email"] == ADA["email"]


def test_who_was_not_told_of_the_authority_does_not_trust_it() -> None:
    with TlsServer() as safe, pytest.raises(requests.exceptions.SSLError, match="CERTIFICATE"):
        requests.get(safe.url + "/health", timeout=60)


def test_a_bundle_of_the_environment_does_not_interfere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with TlsServer() as safe, TlsServer() as other:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", other.verify)
        assert requests.get(safe.url + "/health", verify=safe.verify, timeout=60).ok


def test_afterwards_port_and_files_are_gone() -> None:
    with TlsServer() as safe:
        folder, url = Path(safe.verify).parent, safe.url
        assert folder.exists()
    assert not folder.exists()
    with pytest.raises(requests.ConnectionError):
        requests.get(url + "/health", timeout=60)


def test_a_start_that_fails_leaves_no_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ValueError, match="bcrypt_cost"), TlsServer(bcrypt_cost=99):
        pass
    assert list(tmp_path.iterdir()) == []
