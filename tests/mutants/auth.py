"""Mutants of `minisrv/auth`: passwords, tokens, sessions, cookies, CSRF, the rate limit."""

from typing import Any

from tests.mutants.mutant import mutant, wrapped


@mutant("http/test_signin.py", "04-sign-up")
def strangers_cost_no_hash() -> None:
    from minisrv.auth import passwords

    def verify(original: Any, password: str, stored: str | None, *args: Any) -> bool:
        return stored is not None and original(password, stored, *args)

    wrapped(passwords, "verify", verify)


@mutant("http/test_signup.py", "00-start-here")
def any_password_will_do() -> None:
    from minisrv.auth import passwords

    passwords.check_length = lambda password: None


@mutant("http/test_me_and_signout.py", "00-start-here")
def sign_out_forgets_to_revoke() -> None:
    from minisrv.auth import sessions

    sessions._revoke = lambda database, claims: None


@mutant("http/test_refresh.py", "08-refresh")
def a_refresh_token_is_good_again_and_again() -> None:
    from minisrv.auth import refresh_tokens

    refresh_tokens._successor = lambda token, key: token


@mutant("unit/test_refresh_tokens.py", "08-refresh")
def an_old_refresh_token_harms_nobody() -> None:
    from minisrv.auth import refresh_tokens

    refresh_tokens.revoke = lambda database, family: None


@mutant("http/test_refresh.py", "08-refresh")
def a_session_that_was_ended_goes_on_until_its_token_is_over() -> None:
    from minisrv.auth import current_user

    current_user.OWNER_REMEMBERED = current_user.OWNER


@mutant("unit/test_refresh_tokens.py", "08-refresh")
def refresh_tokens_are_stored_as_they_are() -> None:
    from minisrv.auth import refresh_tokens

    refresh_tokens._digest = lambda token: token


@mutant("faults/test_processes.py", "08-refresh")
def everybody_who_renews_at_once_gets_a_token_of_his_own() -> None:
    import secrets

    from minisrv.auth import refresh_tokens

    refresh_tokens._successor = lambda token, key: secrets.token_urlsafe(32)


@mutant("unit/test_emails.py", "04-sign-up")
def spellings_differ() -> None:
    from minisrv.auth import emails

    emails.normalise = lambda text: text


@mutant("http/test_csrf.py", "00-start-here")
def other_sites_may_ask() -> None:
    from minisrv.auth import csrf

    csrf.same_origin_only = lambda request: None


@mutant("http/test_throttle.py")
def tries_are_not_counted() -> None:
    from minisrv.auth import rate_limit

    rate_limit.take = lambda database, limits, seconds: None


@mutant("http/test_throttle.py")
def a_busy_server_counts_it_against_the_visitor() -> None:
    from minisrv.auth import rate_limit

    rate_limit.take_back = lambda database, *counters: None


@mutant("http/test_cookies.py")
def quotes_are_undone() -> None:
    from minisrv.auth import cookies

    cookies.read = lambda request, settings: request.cookies.get(settings.cookie.name)
