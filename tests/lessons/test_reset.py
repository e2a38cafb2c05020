"""`reset(id)` gives an exercise back as it was: displayed, and as a new cell of the notebook."""

import pytest

from classroom import exercises
from classroom.reset import LEAD, reset
from tests.support.exercise_cells import stub_of
from tests.support.kernels import kernel


@pytest.mark.parametrize("id", exercises.ids())
def test_the_cell_is_that_of_the_lesson(id: str) -> None:
    assert reset(id).answers == ((LEAD, stub_of(id)),)


@pytest.mark.parametrize("id", [None, 5, "salt-eech"])
def test_an_id_that_does_not_exist_is_answered_in_a_sentence(id: object) -> None:
    said = reset(id).as_text()
    assert "exercise" in said and "\n" not in said


def test_a_kernel_asks_for_a_new_cell_below_and_replaces_none() -> None:
    with kernel() as started:
        started.run("from classroom import *")
        sent = started.send('reset("salt-each")')
        assert started.collect(sent).text.startswith(LEAD)
        reply = next(
            message
            for message in iter(lambda: started.client.get_shell_msg(timeout=60), None)
            if message["parent_header"]["msg_id"] == sent
        )
    (payload,) = reply["content"]["payload"]
    assert payload == {
        "source": "set_next_input",
        "text": stub_of("salt-each"),
        "replace": False,
    }
