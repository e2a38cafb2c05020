"""anatomy() of stored hashes, and properties of every anatomy."""

import bcrypt
import jwt
import pytest

from classroom.anatomy import Anatomy, anatomy
from classroom.display import labels
from classroom.display.text import plain
from tests.support.anatomized import CLAIMS, KEY, NOW, part, token, whole
from tests.support.html_parsed import assert_same_words, bundle, fresh

PASSWORD = b"midnight train to georgia"
COOKIE = "__Host-t=1; HttpOnly; Max-Age=28800; Path=/; SameSite=lax; Secure"


def test_a_bcrypt_hash_has_four_parts() -> None:
    salt = bcrypt.gensalt(12)
    found = anatomy(bcrypt.hashpw(PASSWORD, salt))
    assert [(one.name, plain(one.shown)) for one in found.parts] == [
        ("version", "2b"),
        ("cost", "12"),
        ("salt", "‹salt-1›"),
        ("digest", "‹digest-1›"),
    ]
    text = repr(found)
    for said in ("2^12 = 4,096 rounds", "22 characters = 128 bits", "31 characters = 184 bits"):
        assert said in text
    assert labels.real("salt-1") == salt.decode()


def test_hashes_with_one_salt_show_one_salt_label_and_two_digests() -> None:
    salt = bcrypt.gensalt(4)
    one, other = (anatomy(bcrypt.hashpw(password, salt)) for password in (b"a", b"b"))
    assert plain(part(one, "salt").shown) == plain(part(other, "salt").shown)
    assert plain(part(one, "digest").shown) != plain(part(other, "digest").shown)


def test_the_references_prehash_is_a_part_of_its_own() -> None:
    found = anatomy("hmac-sha384$" + bcrypt.hashpw(PASSWORD, bcrypt.gensalt(4)).decode())
    assert found.parts[0].name == "prehash"
    assert repr(found).startswith("bcrypt hash hmac-sha384$‹hash-1›\n1 prehash  hmac-sha384 ")


def test_a_salt_is_a_hash_without_a_digest() -> None:
    found = anatomy(bcrypt.gensalt(10))
    assert [one.name for one in found.parts] == ["version", "cost", "salt"]
    assert found.kind == "bcrypt salt"


def test_the_parts_of_a_value_are_the_whole_value() -> None:
    for value in (bcrypt.hashpw(PASSWORD, bcrypt.gensalt(4)).decode(), token(), COOKIE):
        assert whole(anatomy(value)) == value


@pytest.mark.parametrize("text", ["hello", "", "hello world=1", "a.b", "x = 1", "=1", "{'a': 1}"])
def test_the_error_for_other_text_lists_what_can_be_taken_apart(text: str) -> None:
    with pytest.raises(
        ValueError, match="takes apart a password hash .* a token .* a Set-Cookie line"
    ):
        anatomy(text)


def test_both_forms_say_the_same() -> None:
    values = [
        bcrypt.gensalt(),
        bcrypt.hashpw(b"x", bcrypt.gensalt(4)),
        token(sub=1),
        "t=1; Max-Age=8h",
    ]
    for value in values:
        assert_same_words(anatomy(value))


def test_the_html_has_the_value_itself_in_full() -> None:
    value = bcrypt.hashpw(PASSWORD, bcrypt.gensalt(4)).decode()
    text, html = bundle(anatomy(value))
    assert value[7:29] in html and value[29:] in html
    assert value[7:29] not in text and value[29:] not in text


def test_two_runs_look_the_same_to_a_test() -> None:
    def run() -> Anatomy:
        return anatomy(bcrypt.hashpw(PASSWORD, bcrypt.gensalt(4)))

    assert fresh(run) == fresh(run)
    later = {**CLAIMS, "iat": NOW + 5000, "exp": NOW + 5000 + 28800, "jti": "e1" * 16}
    one, other = (jwt.encode(claims, KEY, algorithm="HS256") for claims in (CLAIMS, later))
    assert fresh(lambda: anatomy(one)) == fresh(lambda: anatomy(other))


def test_the_text_fits_on_a_screen() -> None:
    for value in (bcrypt.gensalt(), jwt.encode(CLAIMS, KEY), COOKIE):
        lines = repr(anatomy(value)).splitlines()
        assert len(lines) <= 20
        assert max(map(len, lines)) <= 110
