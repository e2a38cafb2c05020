"""Chromium, Chrome and Edge by the Chrome DevTools Protocol.

The words are those of https://chromedevtools.github.io/devtools-protocol/. Left out: every setting
that is not the browser's own; Debian's Chromium blocks third-party cookies where Chrome does not.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from classroom.real_browsers.browser import HEIGHT, WIDTH, Browser, Cookie
from classroom.real_browsers.wire import BrowserFailed

FLAGS = (
    "--headless=new",
    "--remote-debugging-port=0",  # any free one, which it then announces
    "--no-startup-window",  # we open our own tab
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",  # all pages are on this machine
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--password-store=basic",  # asks for no keyring, nor the next one for the keychain of a Mac
    "--use-mock-keychain",
)
# There Ubuntu says that no program but those of a list may make a sandbox.
RESTRICTED = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")


class Chromium(Browser):
    """A browser with the engine of Chromium."""

    entrance = ""
    goodbye = "Browser.close"

    @staticmethod
    def command(
        path: Path, profile: Path, preferences: Mapping[str, object], pin: str
    ) -> list[str]:
        """Return the command line, without the sandbox only where the system grants none."""
        if preferences:
            (profile / "Default").mkdir()
            text = json.dumps(_nested(preferences))
            (profile / "Default" / "Preferences").write_text(text, encoding="utf-8")
        sandbox = [] if _sandbox_possible() else ["--no-sandbox"]
        trust = [f"--ignore-certificate-errors-spki-list={pin}"] if pin else []
        return [str(path), *FLAGS, *sandbox, *trust, f"--user-data-dir={profile}"]

    def _begin(self, trusting: bool) -> str:
        version = self._wire.ask("Browser.getVersion")["product"].partition("/")[2]
        tab = self._wire.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self._wire.ask("Target.attachToTarget", targetId=tab, flatten=True)
        self._wire.add(sessionId=session["sessionId"])
        # Nobody is there to close an alert; Firefox closes its own.
        self._wire.reflex(
            "Page.javascriptDialogOpening", "Page.handleJavaScriptDialog", accept=False
        )
        self._wire.ask("Page.enable")
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        self._wire.ask("Emulation.setDeviceMetricsOverride", **size)
        return version

    def _go(self, url: str, seconds: float) -> None:
        problem = self._wire.ask("Page.navigate", seconds, url=url).get("errorText")
        if problem:
            raise BrowserFailed(f"{self.name} could not open {url}: {problem}.")

    def _run(self, js: str, seconds: float) -> str | None:
        asked = {"expression": js, "awaitPromise": True, "returnByValue": True}
        answer = self._wire.ask("Runtime.evaluate", seconds, **asked)
        if "exceptionDetails" in answer:
            error = answer["exceptionDetails"].get("exception", {})
            said = str(error.get("description", error.get("value"))).splitlines()[0]
            raise BrowserFailed(f"The page raised {said}")
        return answer["result"].get("value")

    def forget_cookies(self) -> None:
        """Remove all cookies, HttpOnly ones too."""
        self._wire.ask("Storage.clearCookies")

    def _cookies(self) -> list[Cookie]:
        return [_cookie(one) for one in self._wire.ask("Storage.getCookies")["cookies"]]

    def _picture(self) -> str:
        return self._wire.ask("Page.captureScreenshot")["data"]


def _sandbox_possible() -> bool:
    """Tell whether Chromium's sandbox works: not for root, and not in Ubuntu from 23.10 on."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    restricted = RESTRICTED.is_file() and RESTRICTED.read_text(encoding="ascii").strip() == "1"
    return not is_root and not restricted


def _nested(preferences: Mapping[str, object]) -> dict[str, object]:
    """Return `{"profile.name": 1}` as `{"profile": {"name": 1}}`, the way Chromium keeps it."""
    nested: dict[str, object] = {}
    for name, value in preferences.items():
        *outer, last = name.split(".")
        place = nested
        for part in outer:
            place = place.setdefault(part, {})
        place[last] = value
    return nested


def _cookie(found: dict) -> Cookie:
    """Return a cookie of Chromium's in the form that all browsers share."""
    alike = {key: found[key] for key in ("name", "value", "domain", "path", "secure", "httpOnly")}
    expires = None if found["session"] else round(found["expires"])
    return Cookie(**alike, sameSite=found.get("sameSite", ""), expires=expires)
