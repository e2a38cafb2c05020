"""Mutants of the function and of the small cloud."""

from tests.mutants.mutant import mutant, wrapped


@mutant("faults/test_lambda.py::test_settings_that_instances_cannot_share_are_refused")
def each_instance_makes_a_key_of_its_own() -> None:
    from minisrv.serve import lambda_

    lambda_.is_strong = lambda secret: True


@mutant("faults/test_lambda.py::test_settings_that_instances_cannot_share_are_refused")
def each_instance_has_its_own_accounts() -> None:
    from minisrv.serve import lambda_

    lambda_.in_memory = lambda url: False


@mutant(
    "lessons/test_serverless.py::test_work_after_the_answer_stands_still_until_the_next_event",
    "deeper/11-events",
)
def an_instance_is_not_frozen() -> None:
    from classroom.serverless.instance import Instance

    Instance.freeze = lambda self: None


@mutant("lessons/test_serverless.py::test_an_event_that_takes_too_long_ends_its_instance")
def an_event_that_takes_too_long_ends_nothing() -> None:
    from classroom.serverless.dispatcher import Dispatcher

    Dispatcher.end = lambda self, instance: None


@mutant(
    "lessons/test_serverless.py::test_an_event_that_takes_too_long_ends_its_instance", waits=True
)
def nobody_looks_at_the_clock() -> None:
    from classroom.serverless.dispatcher import Dispatcher

    Dispatcher._fail_later = lambda self, seconds, instance, invocation: None


@mutant("lessons/test_serverless.py::test_a_request_becomes_an_event_and_the_result_a_response")
def a_gateway_loses_the_second_cookie() -> None:
    from classroom.serverless import gateway

    wrapped(gateway, "http_response", lambda of, result: of({**result, "cookies": []}))


@mutant(
    "lessons/test_serverless.py::test_a_request_becomes_an_event_and_the_result_a_response",
    "11-there-is-a-server",
)
def a_zip_is_not_unpacked() -> None:
    from classroom.serverless import cloud

    cloud.unpack = lambda packed, folder: folder.mkdir()


@mutant(
    "lessons/test_serverless.py::test_instances_share_a_folder_that_ends_with_the_cloud",
    "deeper/11-events",
)
def instances_share_no_folder() -> None:
    from pathlib import Path

    from classroom.serverless import cloud

    wrapped(cloud, "variables", lambda of, given, shared: of(given, Path()))


@mutant("lessons/test_serverless.py::test_nothing_is_left_when_it_has_stopped")
def what_an_instance_has_started_stays() -> None:
    from classroom.serverless import instance

    instance.kill_family = lambda process: process.kill()


@mutant("lessons/test_serverless_reasons.py::test_a_handler_that_fails_is_explained")
def nobody_says_why_an_event_failed() -> None:
    from classroom.serverless import reasons

    reasons.of_report = lambda text: ""
