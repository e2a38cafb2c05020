"""Firefox by WebDriver BiDi.

The words are those of https://w3c.github.io/webdriver-bidi/. Left out: every setting that changes
what Firefox does with cookies, unless it is asked for.
"""

import base64
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from classroom.real_browsers.browser import HEIGHT, WIDTH, Browser, Cookie
from classroom.real_browsers.wire import BrowserFailed

FLAGS = (
    "--headless",
    "--remote-debugging-port=0",  # any free one, which it then announces
    "--no-remote",  # the student's own Firefox may be open
)
NO_PROXY = {"network.proxy.type": 0}  # all pages are on this machine


class Firefox(Browser):
    """A browser with the engine of Firefox."""

    entrance = "/session"
    goodbye = "browser.close"

    @staticmethod
    def command(
        path: Path, profile: Path, preferences: Mapping[str, object], pin: str
    ) -> list[str]:
        """Return the command line, after the settings have been put into the profile."""
        wanted = (NO_PROXY | dict(preferences)).items()
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in wanted]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        # On Windows firefox.exe starts another process and would leave it alone.
        stay = ["--wait-for-browser"] if sys.platform == "win32" else []
        return [str(path), *FLAGS, *stay, "--profile", str(profile), "about:blank"]

    def _begin(self, trusting: bool) -> str:
        wanted = {"alwaysMatch": {"acceptInsecureCerts": True}} if trusting else {}
        session = self._wire.ask("session.new", capabilities=wanted)
        self._tab = self._wire.ask("browsingContext.getTree")["contexts"][0]["context"]
        size = {"width": WIDTH, "height": HEIGHT}
        self._wire.ask("browsingContext.setViewport", context=self._tab, viewport=size)
        return session["capabilities"]["browserVersion"]

    def _go(self, url: str, seconds: float) -> None:
        try:
            where = {"context": self._tab, "url": url, "wait": "complete"}
            self._wire.ask("browsingContext.navigate", seconds, **where)
        except BrowserFailed as problem:
            raise BrowserFailed(f"{self.name} could not open {url}: {problem}") from problem

    def _run(self, js: str, seconds: float) -> str | None:
        asked = {"expression": js, "target": {"context": self._tab}, "awaitPromise": True}
        answer = self._wire.ask("script.evaluate", seconds, **asked)
        if "exceptionDetails" in answer:
            raise BrowserFailed(f"The page raised {answer['exceptionDetails']['text']}")
        return answer["result"].get("value")

    def forget_cookies(self) -> None:
        """Remove all cookies, HttpOnly ones too."""
        self._wire.ask("storage.deleteCookies")

    def _cookies(self) -> list[Cookie]:
        return [_cookie(one) for one in self._wire.ask("storage.getCookies")["cookies"]]

    def _picture(self) -> str:
        return self._wire.ask("browsingContext.captureScreenshot", context=self._tab)["data"]


def _cookie(found: dict) -> Cookie:
    """Return a cookie of Firefox's in the form that all browsers share."""
    alike = {key: found[key] for key in ("name", "domain", "path", "secure", "httpOnly")}
    value = found["value"]["value"]
    if found["value"]["type"] == "base64":  # bytes that are no UTF-8
        value = base64.b64decode(value).decode("latin-1")
    same_site = {"default": ""}.get(found["sameSite"], found["sameSite"].capitalize())
    return Cookie(**alike, value=value, sameSite=same_site, expires=found.get("expiry"))
