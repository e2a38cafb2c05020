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
)
def an_instance_is_not_frozen() -> None:
    from classroom.serverless.instance import Instance

    Instance.freeze = lambda self: None


@mutant("lessons/test_serverless.py::test_an_event_that_takes_too_long_ends_its_instance")
def an_event_that_takes_too_long_ends_nothing() -> None:
    from classroom.serverless.dispatcher import Dispatcher

    Dispatcher.end = lambda self, instance: None


@mutant("lessons/test_serverless.py::test_a_request_becomes_an_event_and_the_result_a_response")
def a_gateway_loses_the_second_cookie() -> None:
    from classroom.serverless import gateway

    wrapped(gateway, "http_response", lambda of, result: of({**result, "cookies": []}))
