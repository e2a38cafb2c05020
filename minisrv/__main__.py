"""`python -m minisrv`: serve on this machine."""

import sys

# PyJWT imports this package if it is installed, for algorithms that our tokens never have: 9 MB of
# 63, and a tenth of the start. None makes the import fail. Only here, because notebooks need it.
sys.modules["cryptography"] = None  # type: ignore[assignment]


def run() -> int:
    """Serve until Ctrl-C, which may come while the server is still being imported."""
    try:
        from minisrv.serve.cli import main

        return main()
    except KeyboardInterrupt:
        return 130  # the shell's status: 128 and the number of the signal


if __name__ == "__main__":
    sys.exit(run())
