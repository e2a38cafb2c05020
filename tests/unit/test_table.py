"""How rows of a database are shown."""

from classroom.display.table import Table
from tests.support.html_parsed import assert_same_words, bundle

HASH = "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"
ROWS = [
    {"id": 1, "email": "ada@trax.test", "password": HASH},
    {"id": 2, "email": "grace@trax.test", "password": HASH},
    {"id": 3, "email": "linus@trax.test", "password": None},
]


def test_a_table_shows_its_rows_with_labels() -> None:
    assert repr(Table(ROWS, caption="users")) == (
        "users\n"
        "id  email            password\n"
        "──  ───────────────  ────────\n"
        "1   ada@trax.test    ‹hash-1›\n"
        "2   grace@trax.test  ‹hash-1›\n"
        "3   linus@trax.test  NULL"
    )


def test_a_table_says_the_same_in_both_forms() -> None:
    assert_same_words(Table(ROWS, caption="users"))
    assert HASH in bundle(Table(ROWS))[1]


def test_a_table_is_a_sequence_of_rows() -> None:
    table = Table(ROWS)
    assert (len(table), table[0]["email"], table[-1]) == (3, "ada@trax.test", ROWS[2])
    assert [row["id"] for row in table] == [1, 2, 3]
    assert table == ROWS and table != ROWS[:2]


def test_columns_can_be_chosen_and_shown_plain() -> None:
    table = Table([{"digest": "0" * 31 + "1", "id": 1}], columns=["digest"])
    assert "‹id-1›" in repr(table) and "id " not in repr(table).splitlines()[0]
    assert "0" * 31 + "1" in repr(Table(table, plain=["digest"]))


def test_a_table_without_rows_says_so() -> None:
    assert repr(Table([])) == "(no rows)"
    assert_same_words(Table([], columns=["id"], caption="users"))


def test_a_long_table_is_cut_and_counted() -> None:
    table = Table([{"id": number} for number in range(50)])
    assert repr(table).splitlines()[-1] == "… (34 more rows)"
    assert len(repr(table).splitlines()) <= 20
    assert_same_words(table)


def test_a_faint_value_is_drawn_softer_and_nothing_else_is() -> None:
    table = Table([{"a": "–", "b": "sent"}, {"a": ["no hash"], "b": "–"}], faint="–")
    assert table.as_html().count(' soft"') == 2
    assert ' soft"' not in Table(list(table)).as_html()
    assert repr(table) == repr(Table(list(table)))


def test_each_heading_says_what_it_heads() -> None:
    html = Table(ROWS, caption="users").as_html()
    assert html.count('scope="col"') == 3 and html.count('scope="row"') == len(ROWS)
    assert html.count("<th ") == 6 and "<caption" in html
    assert Table([{"a": "", "b": 1}]).as_html().count('scope="row"') == 0  # nothing is no heading


def test_only_a_long_word_breaks_anywhere() -> None:
    row = {"digest": "0" * 25, "text": "a sentence of many words, none of them long", "id": 1}
    assert Table([row], plain=["digest"]).as_html().count("long") == 2  # the class, and the text
