"""People who use the server over HTTP, so that a test reads as a story.

Left out: what a browser would do. Cookies are kept by hand, since `requests` sends a Secure cookie
over http to nobody, and every cookie that comes is kept, whatever its attributes.
"""

from email.utils import parsedate_to_datetime
from http.cookies import Morsel, SimpleCookie

import requests

from tests.support.live import Live

PASSWORD = "correct horse battery staple"


class Visitor:
    """Someone with an address, a password, and a jar of cookies."""

    def __init__(
        self, server: Live, email: str = "ada@trax.test", password: str = PASSWORD
    ) -> None:
        """Come to `server` with an empty jar."""
        self.server, self.email, self.password = server, email, password
        self.cookies: dict[str, str] = {}
        self.session = requests.Session()
        self.session.trust_env = False  # no proxy of the machine stands between

    def sends(self, method: str, path: str, **options: object) -> requests.Response:
        """Send a request with the cookies of the jar, keep those that come, return the answer."""
        headers = dict(options.pop("headers", None) or {})
        if self.cookies:
            jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers.setdefault("Cookie", jar)
        options = {"timeout": 30, "allow_redirects": False, **options}
        response = self.session.request(method, self.server.url + path, headers=headers, **options)
        self.session.cookies.clear()  # the jar above is the only one
        for line in set_cookies(response):
            self._keep(line)
        return response

    def signs_up(self, **options: object) -> requests.Response:
        """POST address and password to /api/signup; `json=` and `headers=` replace them."""
        return self.sends("POST", "/api/signup", **{"json": self._credentials(), **options})

    def signs_in(self, **options: object) -> requests.Response:
        """POST address and password to /api/signin."""
        return self.sends("POST", "/api/signin", **{"json": self._credentials(), **options})

    def signs_in_for_weeks(self, **options: object) -> requests.Response:
        """POST them with the wish to be remembered."""
        return self.signs_in(**{"json": {**self._credentials(), "remember": True}, **options})

    def refreshes(self, **options: object) -> requests.Response:
        """POST to /api/refresh."""
        return self.sends("POST", "/api/refresh", **options)

    def signs_out(self, **options: object) -> requests.Response:
        """POST to /api/signout."""
        return self.sends("POST", "/api/signout", **options)

    def asks_me(self, **options: object) -> requests.Response:
        """GET /api/me."""
        return self.sends("GET", "/api/me", **options)

    def adds_playlist(self, name: object, **options: object) -> requests.Response:
        """POST a playlist."""
        return self.sends("POST", "/api/playlists", **{"json": {"name": name}, **options})

    def lists_playlists(self) -> list[dict[str, object]]:
        """Return the playlists, which must be there to be read."""
        response = self.sends("GET", "/api/playlists")
        assert response.status_code == 200, response.text
        return response.json()

    def removes_playlist(self, number: object, **options: object) -> requests.Response:
        """DELETE one playlist."""
        return self.sends("DELETE", f"/api/playlists/{number}", **options)

    @property
    def token(self) -> str:
        """The one cookie of the jar."""
        (value,) = self.cookies.values()
        return value

    @token.setter
    def token(self, value: str) -> None:
        self.cookies = {self.server.settings.cookie.name: value}

    def _credentials(self) -> dict[str, str]:
        return {"email": self.email, "password": self.password}

    def _keep(self, line: str) -> None:
        cookie = morsel(line)
        over = cookie["max-age"] == "0" or (
            cookie["expires"] and parsedate_to_datetime(cookie["expires"]).year < 2000
        )
        if over:
            self.cookies.pop(cookie.key, None)
        else:
            self.cookies[cookie.key] = cookie.value


def set_cookies(response: requests.Response) -> list[str]:
    """Return the Set-Cookie lines apart: requests would glue them with commas."""
    return response.raw.headers.getlist("set-cookie")


def morsel(line: str) -> Morsel[str]:
    """Return the one cookie of a Set-Cookie line, with its attributes."""
    (cookie,) = SimpleCookie(line).values()
    return cookie


def assert_refused(response: requests.Response, status: int, code: str) -> None:
    """Hold what every refusal owes: status, JSON with a sentence, no cookie, nothing cached."""
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"error", "code"} and body["code"] == code, body
    assert body["error"].endswith(".") and body["error"][0].isupper()
    assert not set_cookies(response)
    assert response.headers["Cache-Control"] == "no-store"
