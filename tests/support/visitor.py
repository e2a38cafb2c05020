"""People who use the server over HTTP, so that a test reads as a story."""

import requests

from classroom.browser_model import Client, set_cookie_lines
from tests.support.live import Live

PASSWORD = "lanterns over a quiet canal"
NEW_PASSWORD = "harbour lights after rain"


class Visitor(Client):
    """Someone with an address and a password, at a client that keeps all cookies."""

    def __init__(
        self, server: Live, email: str = "ada@trax.test", password: str = PASSWORD
    ) -> None:
        """Come to `server` with no cookie."""
        super().__init__(server.url)
        self.server, self.email, self.password = server, email, password

    sends = Client.send

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

    def lists_sessions(self) -> list[dict[str, object]]:
        """Return the sessions, which must be there to be read."""
        response = self.sends("GET", "/api/sessions")
        assert response.status_code == 200, response.text
        return response.json()

    def ends_session(self, number: object, **options: object) -> requests.Response:
        """DELETE one session."""
        return self.sends("DELETE", f"/api/sessions/{number}", **options)

    def signs_out_everywhere(self, **options: object) -> requests.Response:
        """DELETE all sessions."""
        return self.sends("DELETE", "/api/sessions", **options)

    def changes_password(self, new: object, **options: object) -> requests.Response:
        """POST the present password and a new one, which is the visitor's from then on."""
        body = {"password": self.password, "new_password": new}
        response = self.sends("POST", "/api/password", **{"json": body, **options})
        if response.status_code == 200:
            self.password = str(new)
        return response

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


def whole_visit(server: Live, email: str = "ada@trax.test") -> None:
    """Sign up, add and remove a playlist, sign out and in, with requests between to be rejected."""
    ada = Visitor(server, email)
    assert ada.signs_up().status_code == 201
    assert_refused(Visitor(server, email).signs_up(), 409, "email_taken")
    number = ada.adds_playlist("Night trains").json()["id"]
    assert [one["name"] for one in ada.lists_playlists()] == ["Night trains"]
    assert_refused(ada.removes_playlist("9" * 9), 404, "not_found")
    assert ada.removes_playlist(number).status_code == 204
    token = ada.token
    assert ada.signs_out().status_code == 204
    ada.token = token
    assert_refused(ada.asks_me(), 401, "not_signed_in")
    assert ada.signs_in().status_code == 200


def assert_refused(response: requests.Response, status: int, code: str) -> None:
    """Hold what every refusal owes: status, JSON with a sentence, no cookie, nothing cached."""
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"error", "code"} and body["code"] == code, body
    assert body["error"].endswith(".") and body["error"][0].isupper()
    assert not set_cookie_lines(response)
    assert response.headers["Cache-Control"] == "no-store"
