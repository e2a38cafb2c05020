"""Mutants of `minisrv/auth`: passwords, tokens, sessions, cookies, CSRF, the rate limit."""

from typing import Any

from tests.mutants.mutant import mutant, wrapped


@mutant("http/test_signin.py::test_an_unknown_address_is_as_much_work", "05-who-is-here")
def strangers_cost_no_hash() -> None:
    from minisrv.auth import passwords

    def verify(original: Any, password: str, stored: str | None, *args: Any) -> bool:
        return stored is not None and original(password, stored, *args)

    wrapped(passwords, "verify", verify)


@mutant("http/test_signup.py::test_a_short_password_is_refused", "00-start-here")
def any_password_will_do() -> None:
    from minisrv.auth import passwords

    passwords.check_length = lambda password: None


@mutant(
    "http/test_me_and_signout.py::test_signing_out_ends_the_session_for_every_copy_of_the_token",
    "00-start-here",
)
def sign_out_forgets_to_revoke() -> None:
    from minisrv.auth import sessions

    sessions._revoke = lambda database, claims: None


@mutant(
    "http/test_refresh.py::test_a_thief_who_comes_too_late_ends_the_session_for_both", "10-refresh"
)
def a_refresh_token_is_good_again_and_again() -> None:
    from minisrv.auth import refresh_tokens

    refresh_tokens._successors = lambda token, key: [token] * 2


@mutant(
    "http/test_signin.py::test_after_the_cost_was_raised_an_unknown_address_is_as_much_work_as_any_account"
)
def a_hash_of_an_older_cost_is_checked_sooner() -> None:
    import bcrypt

    from minisrv.auth import passwords

    passwords._check = lambda entry, digest, cost: bcrypt.checkpw(entry, digest.encode())


@mutant("unit/test_passwords.py::test_a_pepper_is_introduced_and_replaced_and_locks_nobody_out")
def a_new_pepper_locks_everybody_out() -> None:
    from minisrv.auth import passwords

    def verify(original: Any, password: str, stored: str | None, cost: int, *peppers: str) -> bool:
        return original(password, stored, cost, *peppers[:1])

    wrapped(passwords, "verify", verify)


@mutant("http/test_refresh.py::test_a_new_key_signs_nobody_out")
def a_new_key_signs_everybody_out() -> None:
    from minisrv.auth import access_tokens

    def read(original: Any, token: str, key: str, *args: Any, **_: Any) -> Any:
        return original(token, key, *args[:1])

    wrapped(access_tokens, "read", read)


@mutant("http/test_refresh.py::test_a_copy_that_renews_as_often_as_the_owner_ends_the_session")
def a_retry_gets_the_token_that_got_lost_once_more() -> None:
    from minisrv.auth import refresh_tokens

    ours = refresh_tokens._successors
    refresh_tokens._successors = lambda token, key: ours(token, key)[:1] * 3


@mutant(
    "unit/test_refresh_tokens.py::test_an_old_one_that_comes_back_ends_the_family_for_all_who_have_a_token_of_it",
    "10-refresh",
)
def an_old_refresh_token_harms_nobody() -> None:
    from minisrv.auth import refresh_tokens

    refresh_tokens.revoke = lambda database, family: None


@mutant(
    "http/test_refresh.py::test_signing_out_ends_it_for_every_copy_of_every_token", "10-refresh"
)
def a_session_that_was_ended_goes_on_until_its_token_is_over() -> None:
    from minisrv.auth import current_user

    current_user.REMEMBERED_USER = current_user.USER


@mutant("unit/test_refresh_tokens.py::test_a_stolen_table_opens_nothing", "10-refresh")
def refresh_tokens_are_stored_as_they_are() -> None:
    from minisrv.auth import refresh_tokens

    refresh_tokens._digest = lambda token: token


@mutant(
    "faults/test_workers.py::test_a_session_is_renewed_once_and_ends_once_whichever_is_asked",
    "10-refresh",
)
def everybody_who_renews_at_once_gets_a_token_of_his_own() -> None:
    import secrets

    from minisrv.auth import refresh_tokens

    refresh_tokens._successor = lambda token, key, number: secrets.token_urlsafe(32)


@mutant(
    "unit/test_emails.py::test_spellings_of_one_mailbox_become_one", "deeper/04-mass-assignment"
)
def spellings_differ() -> None:
    from minisrv.auth import emails

    emails.normalise = lambda text: text


@mutant("http/test_csrf.py::test_what_another_page_started_is_refused", "deeper/01-odd-bodies")
def other_sites_may_ask() -> None:
    from minisrv.auth import csrf

    csrf.same_origin_only = lambda request: None


@mutant(
    "http/test_csrf.py::test_what_another_page_started_is_refused[POST /api/signup-another scheme]"
)
def the_scheme_of_an_origin_does_not_count() -> None:
    from urllib.parse import urlsplit

    from minisrv.auth import csrf

    whole = csrf.same_origin_only

    def any_scheme(request) -> None:
        ours = urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host")
        if "sec-fetch-site" in request.headers or not ours:
            whole(request)

    csrf.same_origin_only = any_scheme


@mutant("http/test_rate_limit.py::test_after_too_many_even_the_right_password_has_to_wait")
def tries_are_not_counted() -> None:
    from minisrv.auth import rate_limit

    rate_limit.count_attempt = lambda database, limits, seconds: None


@mutant("http/test_rate_limit.py::test_a_server_that_is_busy_counts_it_against_nobody")
def a_busy_server_counts_it_against_the_visitor() -> None:
    from minisrv.auth import rate_limit

    rate_limit.undo_attempt = lambda database, *counters: None


@mutant("http/test_rate_limit.py::test_a_locked_database_counts_it_against_nobody")
def every_error_counts_as_a_wrong_password() -> None:
    from minisrv.auth import sign_in_limit

    sign_in_limit.BadCredentials = Exception


@mutant("http/test_cookies.py::test_a_cookie_is_taken_as_it_is_and_the_last_of_a_name_counts")
def quotes_are_undone() -> None:
    from minisrv.auth import cookies

    cookies.read = lambda request, cookie: request.cookies.get(cookie.name)


@mutant("unit/test_blocklist.py::test_the_reason_reaches_the_visitor")
def any_long_password_will_do() -> None:
    from minisrv.auth import blocklist

    blocklist.weakness = lambda password, email, shortest: None


@mutant("http/test_password.py::test_all_other_sessions_end_and_this_one_is_replaced")
def a_new_password_leaves_the_other_sessions() -> None:
    from minisrv.auth import session_list

    session_list.end_within = lambda session, user_id, session_id=None: 1


@mutant("http/test_password.py::test_a_sign_in_with_the_old_one_meanwhile_gets_no_session")
def a_sign_in_outlives_the_password_that_it_was_made_with() -> None:
    from minisrv.auth import session_list

    session_list.check_password_is_still = lambda connection, user: None


@mutant("http/test_sessions.py::test_a_session_of_another_is_neither_seen_nor_ended")
def anybody_can_end_anybodys_session() -> None:
    from sqlalchemy import delete

    from minisrv.auth import session_list
    from minisrv.db.models import PlainSession

    def end(database: Any, user_id: int, session_id: str | None = None) -> int:
        rows = delete(PlainSession)
        if session_id is not None:
            rows = rows.where(PlainSession.id == session_id)
        with database.begin() as session:
            return session.execute(rows).rowcount

    session_list.end = end


@mutant("http/test_security_log.py::test_a_failed_sign_in_names_the_account_if_there_is_one")
def nobody_is_told_of_a_failed_sign_in() -> None:
    from minisrv.errors import BadCredentials
    from minisrv.web import error_handlers

    del error_handlers.EVENTS[BadCredentials]
