"""Where a cookie arrives with Secure and without: this computer, and another one.

Left out: `requests`, which makes no exception for this computer (`three_clients` shows that).
"""

from collections.abc import Iterable

from classroom.browser_model import Browser
from classroom.display.table import Table

WAYS = {"without Secure": "", "with Secure": "; Secure"}


def with_and_without_secure(pairs: Iterable[tuple[str, str]]) -> Table:
    """Return a row for each pair of addresses: where the cookie is set, and where it is asked for.

    A word says for both model browsers: "sent", "not sent", or "not stored".
    """
    return Table([_row(*pair) for pair in pairs])


def _row(set_at: str, asked_at: str) -> dict[str, str]:
    row = {"set at": set_at, "then asked at": asked_at}
    for way, flag in WAYS.items():
        words = {name: _word(name, set_at, asked_at, flag) for name in ("chromium", "firefox")}
        same = len(set(words.values())) == 1
        row[way] = words["chromium"] if same else ", ".join(map(": ".join, words.items()))
    return row


def _word(name: str, set_at: str, asked_at: str, flag: str) -> str:
    browser = Browser(name)
    stored = browser.receive(set_at, "TRAX=ada; Path=/" + flag)[0].verdict == "stored"
    sent = browser.request(asked_at).names
    return "sent" if sent else "not sent" if stored else "not stored"
