"""What Next.js did, as recorded: it fits what lesson 01 and deeper/01-odd-bodies send and say."""

from pathlib import Path

from classroom.attacks.odd_bodies import odd_bodies
from classroom.lessons.next_js import in_next_js
from minisrv.routes.signup.verbs import EVERY_VERB
from tests.support.paths import ROOT

ODD = in_next_js("bodies")


def test_it_has_a_row_for_each_body_and_verb_of_the_lesson_in_the_same_order() -> None:
    assert list(ODD) == list(odd_bodies({"email": "a@trax.test", "password": "b"}))
    assert list(in_next_js("verbs")) == [*EVERY_VERB, "BREW"]


def test_the_tutorials_route_itself_is_never_500_and_says_five_times_what_is_not_so() -> None:
    assert list(ODD.values()).count("401") == 5
    assert {name for name, said in ODD.items() if said == "400 by Next.js"} == {
        "half an object",
        "e-mail NaN",
        "UTF-16",
        "100,000 brackets",
    }
    assert ODD["73 characters"] == ODD["half a character"] == "200"
    assert set(ODD.values()) == {"200", "401", "400 by Next.js"}


def test_it_answers_every_verb_that_node_knows_and_a_form_but_not_one_in_disguise() -> None:
    verbs = in_next_js("verbs")
    assert {verb for verb, said in verbs.items() if said == "200"} == set(EVERY_VERB)
    assert verbs["BREW"] == "400 by Node"
    assert in_next_js("forms") == {
        "text/plain": "401",
        "application/x-www-form-urlencoded": "200",
    }


def test_its_origin_is_told_with_every_version() -> None:
    readme = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    file = (ROOT / "data" / "nextjs-recorded.json").read_text(encoding="utf-8")
    assert Path(ROOT / "tests" / "support" / "nextjs_signup.js").is_file()
    for name in ("Node 20.20.2", "Next.js 16.4.6", "bcrypt 6.0.0", "2026-11-29"):
        assert name in readme and name.split()[-1] in file
