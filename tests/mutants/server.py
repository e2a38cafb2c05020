"""Mutants of the rest of the server: errors, database, pools, web, processes."""

from typing import Any

from tests.mutants.mutant import mutant, wrapped


@mutant("http/test_malformed.py::test_a_body_of_another_type_is_415", "deeper/01-odd-bodies")
def any_type_will_do() -> None:
    from starlette.requests import Request

    from minisrv.web import bodies

    async def read(original: Any, request: Request) -> Any:
        json = (b"content-type", b"application/json")
        return await original(Request({**request.scope, "headers": [json]}, request.receive))

    wrapped(bodies, "read_object", read)


@mutant(
    "http/test_signup.py::test_a_constraint_that_is_not_the_unique_one_is_a_fault_of_ours",
    "12-build-it",
)
def every_fault_is_a_duplicate() -> None:
    from minisrv.db import models

    models.is_duplicate = lambda error: True


@mutant(
    "http/test_signup.py::test_a_second_account_for_an_address_is_refused_in_any_spelling",
    "04-sign-up-once",
)
def addresses_need_not_be_unique() -> None:
    from sqlalchemy import UniqueConstraint

    from minisrv.db.models import User

    table = User.__table__
    table.constraints = {c for c in table.constraints if not isinstance(c, UniqueConstraint)}


@mutant(
    "http/test_signup.py::test_a_new_account_is_answered_with_201_and_the_public_user",
    "00-start-here",
)
def the_row_is_sent_back() -> None:
    from minisrv.db.models import User

    User.public = User.row


@mutant("http/test_ladder.py::test_the_attacks_that_get_through_to_a_rung[off_the_loop]", "03-hash")
def hashing_blocks_the_loop() -> None:
    from minisrv.pools import BoundedPool

    async def run(self: BoundedPool, function: Any, *args: Any) -> Any:
        return function(*args)

    BoundedPool.run = run


@mutant("http/test_hosts.py::test_it_answers_at_no_other_name", "00-start-here")
def any_host_will_do() -> None:
    from minisrv.web.trusted_hosts import KnownHosts

    KnownHosts._check = lambda self, scope: None


@mutant("unit/test_pools.py::test_work_beyond_the_queue_is_refused_at_once_and_the_rest_is_done")
def the_queue_has_no_end() -> None:
    from minisrv.pools import BoundedPool

    def init(original: Any, self: BoundedPool, *args: Any, **options: Any) -> None:
        original(self, *args, **{**options, "most_waiting": 10**9})

    wrapped(BoundedPool, "__init__", init)


@mutant("http/test_headers.py::test_every_answer_has_every_header", "deeper/01-asgi-by-hand")
def no_header_protects() -> None:
    from minisrv.web import security_headers

    security_headers.completed = lambda headers, scheme: list(headers)


@mutant("http/test_reader.py::test_a_wait_for_a_lock_is_in_a_thread", waits=True)
def reading_waits_on_the_loop() -> None:
    from minisrv.db import reader

    original = reader.open_no_wait
    reader.open_no_wait = lambda engine: engine if original(engine) else None


@mutant("faults/test_connection.py::test_a_head_that_drips_is_given_up", waits=True)
def a_head_may_take_for_ever() -> None:
    from minisrv.serve.slow_clients import TimeoutProtocol

    TimeoutProtocol._wait = lambda self, then: None


@mutant("faults/test_workers.py::test_workers_end_with_the_process_that_started_them", waits=True)
def workers_outlive_their_parent() -> None:
    from minisrv.serve import workers

    workers.stop_with_parent = lambda: None


@mutant("faults/test_faults.py::test_behind_a_lock_all_are_answered_in_time", waits=True)
def work_waits_for_a_thread_for_ever() -> None:
    from minisrv.pools import BoundedPool

    def init(original: Any, self: BoundedPool, *args: Any, **options: Any) -> None:
        original(self, *args, **{**options, "patience": 10**9})

    wrapped(BoundedPool, "__init__", init)


@mutant(
    "faults/test_stopping.py::test_a_request_that_is_cut_short_is_answered_like_every_other_refusal"
)
def a_stop_cuts_people_off() -> None:
    from minisrv.web.shutdown import ShutdownResponseMiddleware as Middleware

    async def call(self: Middleware, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)

    Middleware.__call__ = call


@mutant("http/test_malformed.py::test_a_body_that_is_too_large_is_413")
def a_body_has_no_end() -> None:
    from minisrv.web import bodies

    async def read(request: Any, limit: int) -> bytes:
        return await request.body()

    bodies._read_at_most = read


@mutant(
    "faults/test_faults.py::test_killed_in_a_storm_it_has_kept_every_account_that_was_promised[0]"
)
def a_sign_up_is_answered_before_it_is_stored() -> None:
    from minisrv.db import models

    def add(database: Any, row: Any) -> None:
        with database() as session:
            session.add(row)
            session.flush()
            number = row.id
        row.id = number

    models.add = add


@mutant("faults/test_postgres.py::test_a_table_that_is_locked_is_503_and_passes", waits=True)
def a_lock_is_waited_for_without_end() -> None:
    from minisrv.db import engines

    engines._postgresql = lambda url, busy_seconds: {}


@mutant("http/test_openapi.py::test_statuses_codes_and_headers_are_those_of_the_errors")
def an_answer_is_not_as_described() -> None:
    from minisrv.errors import EmailTaken

    EmailTaken.status = 410


@mutant("http/test_safe_routes.py::test_the_response_of_a_new_route_is_not_stored", "00-start-here")
def what_a_route_does_not_forbid_is_cached() -> None:
    from minisrv.web.safe_routes import NoStore

    NoStore.__call__ = _passes_on


@mutant("http/test_safe_routes.py::test_a_new_route_refuses_what_another_site_started[DELETE]")
def a_route_that_does_not_ask_obeys_every_site() -> None:
    from minisrv.web.safe_routes import SameOriginOnly

    SameOriginOnly.__call__ = _passes_on


async def _passes_on(self: Any, scope: Any, receive: Any, send: Any) -> None:
    await self.app(scope, receive, send)


@mutant("faults/test_connection.py::test_what_is_smuggled_behind_two_lengths_gets_no_answer")
def a_body_may_have_two_lengths() -> None:
    from minisrv.web import framing

    framing._is_ambiguous = lambda scope: False
