"""What the pictures of the lessons show is what the code does."""

import json
import re
from hashlib import sha1
from pathlib import Path
from xml.etree import ElementTree

import jwt
import pytest

from classroom.attacks.leaks import stolen
from classroom.attacks.rainbow import reduce, sha256
from classroom.browser_model import Browser
from classroom.browser_model.sites import same_origin, site
from minisrv.auth import refresh_tokens
from minisrv.db import models
from minisrv.db.engines import open_engine
from minisrv.db.models import User, open_database
from minisrv.errors import NotSignedIn, TokenReused
from tests.support.live import SECRET
from tests.support.paths import ROOT

SVG = "{http://www.w3.org/2000/svg}"
TRAX, EVIL = "http://trax.localhost/", "http://evil.localhost/"


def drawn(name: str) -> str:
    """Return the text in a picture."""
    root = ElementTree.parse(ROOT / "notebooks" / "images" / f"{name}.svg").getroot()
    return " ".join(node.text or "" for node in root.iter(f"{SVG}text"))


def test_the_chain_is_one_of_the_lesson_s_table() -> None:
    words = ["qgjh"]
    for column in range(200):
        words.append(reduce(sha256(words[-1]), column))
    assert [words[at] for at in (1, 2, 118, 119, 200)] == ["uacu", "czld", "wxqj", "qwxq", "jpei"]
    assert sha256("wxqj") in [row["sha256"] for row in stolen("leaked-users")]
    picture = drawn("rainbow-chain")
    shown = [*(words[at] for at in (0, 1, 2, 118, 119, 200)), "118 steps", "200 hashes"]
    shown += [sha256(words[at])[:8] for at in (0, 1, 118)]
    assert all(part in picture for part in shown)


def test_the_token_is_a_real_one() -> None:
    text = drawn("token-three-parts")
    header, payload = re.findall(r"eyJ[\w-]+ [\w-]+", text)
    (signature,) = re.findall(r"Gsd[\w-]+ [\w-]+", text)
    token = ".".join((header, payload, signature)).replace(" ", "")
    key = "a key of 32 bytes, for a picture"
    claims = jwt.decode(token, key, algorithms=["HS256"], options={"verify_exp": False})
    assert json.dumps(claims, separators=(",", ":")) in text.replace(" ", "")


def test_bcrypt_s_72_bytes_are_those_that_are_drawn() -> None:
    ada = "midnight train to georgia"
    bars = [(given + "\0") * 3 for given in (ada, ada + "\0" + ada)]
    assert bars[0][:72] == bars[1][:72] and len(ada) == 25
    assert drawn("bcrypt-72-bytes").count(f"{ada} {ada} {bars[0][52:72]} ") == 2


def test_the_five_digits_and_the_rest_are_those_of_the_word_that_is_drawn() -> None:
    digest = sha1(b"sunshine").hexdigest().upper()
    text = drawn("five-digits")
    assert f"begin with {digest[:5]}" in text and text.count(digest[:5]) == 3
    assert text.count(f"{digest[5:11]}…{digest[-5:]}") == 2 and len(digest[5:]) == 35


@pytest.mark.parametrize(
    "address",
    [
        "http://trax.localhost/playlists",
        "http://trax.localhost:8888/",
        "http://blog.trax.localhost/",
        "https://trax.localhost/",
        "http://evil.localhost/",
    ],
)
def test_site_and_origin_are_those_of_the_model_browser(address: str) -> None:
    marks = {True: "✓ yes", False: "✗ no"}
    chromium, firefox = (site(address, schemeful) == site(TRAX, schemeful) for schemeful in (1, 0))
    on_site = marks[chromium] if chromium == firefox else "Chromium ✗ Firefox ✓"
    assert chromium <= firefox
    assert f" {address} {marks[same_origin(address, TRAX)]} {on_site} " in drawn("site-and-origin")


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_the_form_of_the_triangle_has_the_cookie_only_with_none(engine: str) -> None:
    sent = {}
    for value in ("None", "Lax"):
        browser = Browser(engine)
        browser.receive(TRAX, f"TRAX=ada; Path=/; Secure; HttpOnly; SameSite={value}")
        form = browser.request(TRAX + "api/playlists", "POST", kind="form", initiator=EVIL)
        sent[value] = form.names
        assert browser.request(EVIL).names == []
    assert sent == {"None": ["TRAX"], "Lax": []}


def test_rotation_goes_as_its_time_line_says(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'trax.sqlite3'}")
    database = open_database(engine)
    models.add(database, User(email="ada@trax.test", password="a hash"))
    start = refresh_tokens.start(database, 1, 86400, 0)
    family, a = start.family, start.token

    def rotate(token: str, minute: float) -> str:
        now = 60 * minute
        return refresh_tokens.rotate(database, family, token, (SECRET,), 43200, now).token

    b = rotate(a, 16)
    assert rotate(a, 16.5) == b
    c, c2 = rotate(b, 32), rotate(b, 40)
    assert len({a, b, c, c2}) == 4
    with pytest.raises(TokenReused):
        rotate(a, 50)
    with pytest.raises(NotSignedIn):
        rotate(c2, 51)
    engine.dispose()
