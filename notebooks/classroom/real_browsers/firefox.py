"""Control Firefox by WebDriver BiDi.

The methods are documented at https://w3c.github.io/webdriver-bidi/. Settings that change what
Firefox does with cookies stay as they are, unless `preferences` names them.
"""

import base64
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from classroom.real_browsers.browser import HEIGHT, WIDTH, Browser, Cookie
from classroom.real_browsers.connection import BrowserFailed, BrowserUnresponsive

FLAGS = (
    "--headless",
    "--remote-debugging-port=0",  # any free one, which it then announces
    "--no-remote",  # so that it can start beside the student's own Firefox
)
NO_PROXY = {"network.proxy.type": 0}  # all pages are on this machine


class Firefox(Browser):
    """A browser with the engine of Firefox."""

    endpoint = "/session"
    by_pipe = False
    close_method = "browser.close"
    deletes_its_files = False

    @staticmethod
    def command(
        path: Path, profile: Path, preferences: Mapping[str, object], trusted: str
    ) -> list[str]:
        """Write the settings into the profile and return the command line."""
        wanted = (NO_PROXY | dict(preferences)).items()
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in wanted]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        # On Windows firefox.exe starts another process, and would end before it.
        stay = ["--wait-for-browser"] if sys.platform == "win32" else []
        return [str(path), *FLAGS, *stay, "--profile", str(profile), "about:blank"]

    def _begin(self, trusting: bool) -> str:
        wanted = {"alwaysMatch": {"acceptInsecureCerts": True}} if trusting else {}
        session = self._connection.call("session.new", capabilities=wanted)
        self._tab = self._connection.call("browsingContext.getTree")["contexts"][0]["context"]
        size = {"width": WIDTH, "height": HEIGHT}
        self._connection.call("browsingContext.setViewport", context=self._tab, viewport=size)
        return session["capabilities"]["browserVersion"]

    def _go(self, url: str, seconds: float) -> None:
        try:
            where = {"context": self._tab, "url": url, "wait": "complete"}
            self._connection.call("browsingContext.navigate", seconds, **where)
        except BrowserUnresponsive:
            raise
        except BrowserFailed as problem:
            raise BrowserFailed(f"{self.name} could not open {url}: {problem}") from problem

    def _run(self, js: str, seconds: float) -> str | None:
        script = {"expression": js, "target": {"context": self._tab}, "awaitPromise": True}
        response = self._connection.call("script.evaluate", seconds, **script)
        if "exceptionDetails" in response:
            raise BrowserFailed(f"The page raised {response['exceptionDetails']['text']}")
        return response["result"].get("value")

    def forget_cookies(self) -> None:
        """Remove all cookies, including HttpOnly ones."""
        self._connection.call("storage.deleteCookies")

    def _cookies(self) -> list[Cookie]:
        return [_cookie(one) for one in self._connection.call("storage.getCookies")["cookies"]]

    def _picture(self) -> str:
        return self._connection.call("browsingContext.captureScreenshot", context=self._tab)["data"]


def _cookie(found: dict) -> Cookie:
    """Return a cookie of Firefox in the form that all our browsers share."""
    shared = {key: found[key] for key in ("name", "domain", "path", "secure", "httpOnly")}
    value = found["value"]["value"]
    if found["value"]["type"] == "base64":  # bytes that are not UTF-8
        value = base64.b64decode(value).decode("latin-1")
    same_site = {"default": ""}.get(found["sameSite"], found["sameSite"].capitalize())
    return Cookie(**shared, value=value, sameSite=same_site, expires=found.get("expiry"))
