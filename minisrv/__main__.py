"""`python -m minisrv`: serve on this machine."""

import sys

# PyJWT loads this package where it finds it, for algorithms that our tokens never have: 9 MB, and a
# tenth of the start. None says that it is not there. Done here alone, for a notebook may need it;
# further workers, which do not come by here, load it.
sys.modules["cryptography"] = None  # type: ignore[assignment]


def run() -> int:
    """Serve until Ctrl-C, which may come before there is anything to serve."""
    try:
        from minisrv.serve.cli import main

        return main()
    except KeyboardInterrupt:
        return 130  # as a shell says it: 128 and the number of the signal


if __name__ == "__main__":
    sys.exit(run())
