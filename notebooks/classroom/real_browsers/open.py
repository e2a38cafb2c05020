"""A browser for the length of a `with`.

Left out: one that stays open from cell to cell; it is back within seconds, and with an empty jar.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress

from classroom.real_browsers import start
from classroom.real_browsers.browser import Browser
from classroom.real_browsers.chromium import Chromium
from classroom.real_browsers.find import Found
from classroom.real_browsers.firefox import Firefox
from classroom.real_browsers.wire import BrowserFailed, Wire

ENGINES: dict[str, type[Browser]] = {"chromium": Chromium, "firefox": Firefox}


@contextmanager
def open_browser(
    found: Found,
    preferences: Mapping[str, object] | None = None,
    trusted: str = "",
    options: tuple[str, ...] = (),
) -> Iterator[Browser]:
    """Start `found` without a window and with nothing in it; at the end all of it is gone.

    `preferences` are the browser's own by name, such as {"network.cookie.cookieBehavior": 0} in
    Firefox. `trusted` is for a server of ours over TLS: the hash of its key, in base64, which
    Chromium then trusts; Firefox trusts anyone. `options` are added to the command line.
    Raises BrowserFailed when it does not start.
    """
    engine = ENGINES[found.engine]
    with (
        start.fresh_profile(found) as profile,
        start.running(
            found.name,
            [*engine.command(found.path, profile, preferences or {}, trusted), *options],
        ) as address,
        closing(Wire(found.name, address + engine.entrance)) as wire,
    ):
        try:
            yield engine(found.name, wire, bool(trusted))
        finally:
            with suppress(BrowserFailed):  # whether it hears or not, it is ended
                wire.ask(engine.goodbye, start.STOP_SECONDS)
