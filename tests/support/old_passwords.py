"""A storm of sign-ins with a password that is being changed, for every kind of database."""

from concurrent.futures import ThreadPoolExecutor

from tests.support.live import Live
from tests.support.visitor import NEW_PASSWORD, Visitor

TIMES = 24


def sign_in_while_it_changes(server: Live, email: str) -> list[int]:
    """Sign in with the old password by the dozen, change it meanwhile, and end with one session.

    Return what GET /api/me says to each of those who knew the old one.
    """
    owner = Visitor(server, email)
    assert owner.signs_up().status_code == 201
    others = [Visitor(server, email) for _ in range(TIMES)]
    with ThreadPoolExecutor(TIMES // 2) as pool:
        signed = pool.map(lambda other: other.signs_in_for_weeks().status_code, others)
        assert owner.changes_password(NEW_PASSWORD).status_code == 200
        assert set(signed) <= {200, 401, 429, 503}
    assert [one["current"] for one in owner.lists_sessions()] == [True]
    return [other.asks_me().status_code for other in others]
