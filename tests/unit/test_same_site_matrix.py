"""The table of SameSite values and kinds of request, cell by cell.

What real browsers did is data/browser-truth.json; here it is the lesson's choice of rows.
"""

from classroom.lessons.same_site_matrix import REQUESTS, VALUES, same_site_matrix

EXPECTED = {
    ("Chromium", "absent"): "sent sent – – sent",
    ("Chromium", "Lax"): "sent – – – sent",
    ("Chromium", "Strict"): "– – – – sent",
    ("Chromium", "None; Secure"): "sent sent sent sent sent",
    ("Firefox", "absent"): "sent sent sent – sent",
    ("Firefox", "Lax"): "sent – – – sent",
    ("Firefox", "Strict"): "– – – – sent",
    ("Firefox", "None; Secure"): "sent sent sent – sent",
}


def test_each_cell_of_the_table() -> None:
    for row in same_site_matrix():
        words = " ".join(row[what] for what in REQUESTS)
        blocked = " ".join(["not stored"] * len(REQUESTS))
        assert words == EXPECTED.get((row["browser"], row["SameSite"]), blocked), row


def test_only_none_without_secure_is_not_stored() -> None:
    table = same_site_matrix()
    assert {row["SameSite"] for row in table if row["link"] == "not stored"} == {"None"}
    assert len(table) == 2 * len(VALUES)
