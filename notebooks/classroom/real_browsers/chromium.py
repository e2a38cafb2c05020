"""Control Chromium, Chrome and Edge by the Chrome DevTools Protocol.

The methods are documented at https://chromedevtools.github.io/devtools-protocol/. Settings stay as
the browser has them: Debian's Chromium blocks third-party cookies, and Chrome is said not to.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from classroom.real_browsers import pipe
from classroom.real_browsers.browser import HEIGHT, WIDTH, Browser, Cookie
from classroom.real_browsers.connection import BrowserFailed

FLAGS = (
    "--headless=new",
    # A port, where it must be one, is any free one, which the browser then announces.
    "--remote-debugging-pipe" if pipe.POSSIBLE else "--remote-debugging-port=0",
    "--no-startup-window",  # we open our own tab
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",  # all pages are on this machine
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    # Two pages of the address bar, which nobody sees and which take longer to load than the tab.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
    "--password-store=basic",  # do not ask for a keyring, nor for the keychain of a Mac
    "--use-mock-keychain",
)
# Ubuntu sets this to 1 if only listed programs may create a sandbox.
RESTRICTED = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")


class Chromium(Browser):
    """A browser with the engine of Chromium."""

    endpoint = ""
    by_pipe = pipe.POSSIBLE
    close_method = "Browser.close"
    deletes_its_files = True

    @staticmethod
    def command(
        path: Path, profile: Path, preferences: Mapping[str, object], trusted: str
    ) -> list[str]:
        """Return the command line; turn the sandbox off only where the system allows none."""
        if preferences:
            (profile / "Default").mkdir()
            text = json.dumps(_nested(preferences))
            (profile / "Default" / "Preferences").write_text(text, encoding="utf-8")
        sandbox = [] if _sandbox_possible() else ["--no-sandbox"]
        trust = [f"--ignore-certificate-errors-spki-list={trusted}"] if trusted else []
        return [str(path), *FLAGS, *sandbox, *trust, f"--user-data-dir={profile}"]

    def _begin(self, trusting: bool) -> str:
        version = self._connection.call("Browser.getVersion")["product"].partition("/")[2]
        tab = self._connection.call("Target.createTarget", url="about:blank")["targetId"]
        session = self._connection.call("Target.attachToTarget", targetId=tab, flatten=True)
        self._connection.add(sessionId=session["sessionId"])
        # Close each alert, because nobody else will. Firefox closes alerts by itself.
        self._connection.on_event(
            "Page.javascriptDialogOpening", "Page.handleJavaScriptDialog", accept=False
        )
        self._connection.call("Page.enable")
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        self._connection.call("Emulation.setDeviceMetricsOverride", **size)
        return version

    def _go(self, url: str, seconds: float) -> None:
        problem = self._connection.call("Page.navigate", seconds, url=url).get("errorText")
        if problem:
            raise BrowserFailed(f"{self.name} could not open {url}: {problem}.")

    def _run(self, js: str, seconds: float) -> str | None:
        script = {"expression": js, "awaitPromise": True, "returnByValue": True}
        response = self._connection.call("Runtime.evaluate", seconds, **script)
        if "exceptionDetails" in response:
            error = response["exceptionDetails"].get("exception", {})
            message = str(error.get("description", error.get("value"))).splitlines()[0]
            raise BrowserFailed(f"The page raised {message}")
        return response["result"].get("value")

    def forget_cookies(self) -> None:
        """Remove all cookies, including HttpOnly ones."""
        self._connection.call("Storage.clearCookies")

    def _cookies(self) -> list[Cookie]:
        return [_cookie(one) for one in self._connection.call("Storage.getCookies")["cookies"]]

    def _picture(self) -> str:
        return self._connection.call("Page.captureScreenshot")["data"]


def _sandbox_possible() -> bool:
    """Return True if Chromium's sandbox works: not for root, and not in Ubuntu since 23.10."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    restricted = RESTRICTED.is_file() and RESTRICTED.read_text(encoding="ascii").strip() == "1"
    return not is_root and not restricted


def _nested(preferences: Mapping[str, object]) -> dict[str, object]:
    """Return `{"profile.name": 1}` as `{"profile": {"name": 1}}`, as Chromium stores it."""
    nested: dict[str, object] = {}
    for name, value in preferences.items():
        *outer, last = name.split(".")
        level = nested
        for part in outer:
            level = level.setdefault(part, {})
        level[last] = value
    return nested


def _cookie(found: dict) -> Cookie:
    """Return a cookie of Chromium in the form that all our browsers share."""
    shared = {key: found[key] for key in ("name", "value", "domain", "path", "secure", "httpOnly")}
    expires = None if found["session"] else round(found["expires"])
    return Cookie(**shared, sameSite=found.get("sameSite", ""), expires=expires)
