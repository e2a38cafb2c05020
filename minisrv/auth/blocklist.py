"""Say why a password is easy to guess: it is common, it repeats, or it is made of guessable pieces.

An attacker begins with leaked passwords, and with rules that make new ones of common words, of the
service's and the visitor's names, of sequences and of walks on the keyboard. NIST SP 800-63B-4
§3.1.1.2 wants such a list, ASVS 5.0 6.2.4 at least 3,000 passwords in it that meet the policy, and
6.2.11 the words of the context. Left out: asking a service for the passwords of all known breaches.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

LISTED = "This password is one of the first that an attacker would try."
REPEATS = "This password repeats a short piece."
GUESSABLE = "This password is mostly common words, names or sequences."
# Characters that must be left. 15 random letters from a to z have fewer in 1 of 2,300 cases:
# 427 of a million were refused to ada@trax.test.
ENOUGH = 6
WORDS = frozenset(
    re.findall(
        r"\w+",
        """trax music playlist song account signup signin login admin administrator user guest root
        test default master secret password passwort passwd pass letmein welcome changeme iloveyou
        hello dragon monkey football baseball princess sunshine superman batman shadow""",
    )
)
YEAR = re.compile("(?:19|20)[0-9][0-9]")
PIECE = "\0"  # stands for one guessable piece
LEET = str.maketrans("@4301$5!7", "aaeoissit")  # P@ssw0rd
SHIFTED = str.maketrans("!@#$%^&*()", "1234567890")  # the same keys, with Shift
KEYBOARDS = (  # the US, German, French and Russian letters, each below the digits
    ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm"),
    ("1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"),
    ("1234567890", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
)


def weakness(password: str, email: str, shortest: int) -> str | None:
    """Return a sentence that says why `password` is easy to guess, or None if it is not.

    `shortest` is the length that a password needs. A piece that is repeated needs it as well.
    """
    text = unicodedata.normalize("NFC", password).casefold()
    if _is_listed(text):
        return LISTED
    letters = "".join(filter(str.isalnum, text))
    if _repeats(text, shortest) or (len(letters) >= shortest and _repeats(letters, shortest)):
        return REPEATS
    return GUESSABLE if _count_new(text, email.casefold()) < ENOUGH else None


def _is_listed(text: str) -> bool:
    """Return True if `text` is listed as it is, or without signs, digits at its ends or l33t."""
    forms = {text, text.translate(LEET)}
    forms |= {"".join(filter(str.isalnum, form)) for form in forms}
    forms |= {form.strip("0123456789") for form in forms}
    return not _common().isdisjoint(forms)


def _repeats(text: str, shortest: int) -> bool:
    """Return True if a piece shorter than `shortest` makes up `text`: abcabc, aaaa, abcabcab."""
    period = next((n for n in range(1, len(text)) if text.startswith(text[n:])), len(text))
    return period < shortest and 2 * period <= len(text)


def _count_new(text: str, email: str) -> int:
    """Return the number of characters of `text`, where each guessable piece counts as one.

    password1234567 -> 2    abcdefghijklmno -> 1    1qaz2wsx3edc4rfv -> 3
    """
    parts = (email, *re.split(r"[\W_]+", email))
    names = {part.translate(LEET) for part in parts if len(part) >= 3}
    text = YEAR.sub(PIECE, _without(text, WORDS | names)).translate(SHIFTED)
    letters = [one for one in text if one.isalnum() or one == PIECE]
    near, runs = _neighbours(), [1]
    for one, following in pairwise(letters):
        if abs(ord(one) - ord(following)) <= 1 or following in near.get(one, ()):
            runs[-1] += 1
        else:
            runs.append(1)
    # Two keys in a row are chance. Signs, blanks and emoji count once each.
    return sum(1 if run >= 3 else run for run in runs) + len(set(text) - set(letters))


def _without(text: str, words: frozenset[str]) -> str:
    """Return `text` with PIECE for each of `words` (in plain letters), the longest first."""
    plain = text.translate(LEET)
    for word in sorted(words, key=len, reverse=True):
        while (at := plain.find(word)) >= 0:
            text, plain = (t[:at] + PIECE + t[at + len(word) :] for t in (text, plain))
    return text


@cache
def _neighbours() -> dict[str, set[str]]:
    """Return for each key the keys beside it, above it and below it."""
    near: dict[str, set[str]] = {}
    for rows in KEYBOARDS:
        for row in rows:
            for one, right in pairwise(row):
                near.setdefault(one, set()).add(right)
                near.setdefault(right, set()).add(one)
        for upper, lower in pairwise(rows):
            for column, one in enumerate(upper):  # a row stands half a key to the right
                for other in lower[max(column - 1, 0) : column + 1]:
                    near.setdefault(one, set()).add(other)
                    near.setdefault(other, set()).add(one)
    return near


@cache
def _common() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.splitlines())
