"""anatomy() of other systems' password hashes: it says what they are, and what it does not know."""

import pytest

from classroom.anatomy import anatomy
from tests.support.anatomized import flags, whole
from tests.support.hash_samples import SAMPLES

NO_HASH = [
    *("$2b$12$tooshort", "$argon2id$v=19$m=65536$c29tZXNhbHQ$cut", "$unknown$abc$def"),
    *("$argon2x$v=19$m=1,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHQ", "$5$abc$short", "{SSHA}no base64!"),
    *("{CRYPT}", "{SHA}tooshort", "{cleartext}hello", "{ldap}{ldap}{ldap}{CRYPT}$1$a$b"),
]


@pytest.mark.parametrize(("text", "kind", "parts", "said"), SAMPLES, ids=lambda one: str(one)[:24])
def test_a_hash_of_another_system_is_named(
    text: str, kind: str, parts: list[str], said: list[str]
) -> None:
    found = anatomy(text)
    assert found.kind == kind
    assert [part.name for part in found.parts] == parts
    assert flags(found) == {}
    assert whole(found) == text
    for words in said:
        assert words in repr(found)


@pytest.mark.parametrize("text", NO_HASH)
def test_what_only_begins_as_a_hash_is_refused_and_not_called_a_cookie(text: str) -> None:
    with pytest.raises(
        ValueError, match="begins as password hashes do|takes apart a password hash"
    ):
        anatomy(text)


def test_a_salt_that_is_too_short_is_told() -> None:
    assert "too short" in repr(anatomy("{SSHA}qvTGHdzF6KLavt4PO0gs2a6pQ00="))


@pytest.mark.parametrize(
    "text",
    ["https://example.org/?a=b", "['a=b']", "f(a)=b", '"a"=b', "a@b=c", "<a>=b", "a b=c", "=b"],
)
def test_text_with_an_equals_sign_is_no_cookie_unless_it_says_so(text: str) -> None:
    with pytest.raises(ValueError, match="write `Set-Cookie: ` before it"):
        anatomy(text)
    assert anatomy(f"Set-Cookie: {text}").kind == "Set-Cookie"
    assert anatomy(f"{text}; Path=/").kind == "Set-Cookie"


def test_bytes_that_are_not_utf_8_are_refused() -> None:
    with pytest.raises(ValueError, match="These bytes are not UTF-8"):
        anatomy(b"t=\xff")
