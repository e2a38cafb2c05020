"""What an installer or the system says, and the sentence with the next step that follows it.

The messages are put together as systems in several languages print them: what counts is the number.
"""

import pytest

from bootstrap.advice import OTHERWISE, advice

LOCKED = "The folder .venv cannot be written"
NETWORK = "The package index cannot be reached"
NO_WHEEL = "ERROR: No matching distribution found for x==1.0"


@pytest.mark.parametrize(
    ("said", "do"),
    [
        ("OSError: [Errno 28] No space left on device", "free 500 MB"),
        ("OSError: [WinError 112] Es steht nicht genug Speicherplatz zur Verfügung", "free 500 MB"),
        ("failed to write: Espace insuffisant (os error 112)", "free 500 MB"),
        ("ERROR: [Errno 122] Disk quota exceeded: '/home/ada'", "Your quota"),
        ("OSError: [Errno 69] Disc quota exceeded", "Your quota"),
        ("OSError: [WinError 1295] Kontingent", "Your quota"),
        ("The installer ended with status -9.", "The memory was used up"),
        ("OSError: [Errno 12] Cannot allocate memory", "The memory was used up"),
        ("PermissionError: [WinError 5] Zugriff verweigert: 'C:\\\\x'", LOCKED),
        ("PermissionError: [WinError 5] Accès refusé", LOCKED),
        ("PermissionError: [WinError 32] Der Prozess kann nicht zugreifen", LOCKED),
        ("error: failed to remove file: (os error 32)", LOCKED),
        ("PermissionError: [Errno 13] Keine Berechtigung", LOCKED),
        ("OSError: [Errno 30] Read-only file system", LOCKED),
        ("OSError: [WinError 206] Der Dateiname ist zu lang", "short path"),
        ("[Errno 2] No such file\nHINT: enable Windows Long Path support", "short path"),
        ("OSError: [Errno 36] File name too long: '/x'", "short path"),
        ("No module named 'ensurepip'", "python3-venv"),
        ("zmq cannot be imported: ImportError: failed to map segment from shared object", "disk"),
        (
            "zmq cannot be imported: ImportError: DLL load failed while importing _zmq: x",
            "Visual C",
        ),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "differs from the one in requirements.txt"),
        ("ERROR: OSError: Missing dependencies for SOCKS support.", "SOCKS proxy"),
        (f"certificate verify failed: certificate has expired\n{NO_WHEEL}", "set the clock right"),
        (f"certificate verify failed: certificate is not yet valid\n{NO_WHEEL}", "the clock"),
        (f"[SSL: CERTIFICATE_VERIFY_FAILED] unable to get local issuer\n{NO_WHEEL}", "PIP_CERT"),
        ("cause: invalid peer certificate: UnknownIssuer", "PIP_CERT"),
        ("OSError('Tunnel connection failed: 407 Proxy Authentication Required')", "NAME:PASSWORD"),
        ("ERROR: HTTP error 403 while getting https://x", "refused the request"),
        ("401 Client Error: Unauthorized for url", "refused the request"),
        (f"Connection timed out\n{NO_WHEEL}", NETWORK),
        (f"NameResolutionError: [Errno 11001] getaddrinfo failed\n{NO_WHEEL}", NETWORK),
        (NO_WHEEL, "is not available for Python"),
        ("six 1.17.0 is not in .venv", "remove target, prefix"),
        ("something that nobody foresaw", OTHERWISE),
    ],
)
def test_each_failure_has_its_next_step(said: str, do: str) -> None:
    assert do in advice(said)
    assert advice(said).endswith(", then run the same command again.")


@pytest.mark.parametrize(
    "said",
    ["Downloading x.whl (407 kB)", "x (122 kB)", "errno 280", "[WinError 50] x", "status -90"],
)
def test_a_number_inside_another_means_nothing(said: str) -> None:
    assert OTHERWISE in advice(said)
