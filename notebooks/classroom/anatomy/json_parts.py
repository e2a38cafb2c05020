"""JSON out of a token: read as it is, repeated names and endless numbers included.

Left out: which JSON a verifier accepts. Python's reader takes more than RFC 8259 allows (NaN).
"""

import base64
import json
from collections import Counter

Json = dict[str, object]
LONGEST_INTEGER = 100  # digits; Python refuses to read 4,300, and nothing counts so far


class LongInteger:
    """An integer of more than LONGEST_INTEGER digits, as it is written."""

    def __init__(self, text: str) -> None:
        """Keep the digits."""
        self.text = text


class Members(dict[str, object]):
    """The members of a JSON object; of a repeated name the last one, as most readers do."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        """Note which names are repeated."""
        super().__init__(pairs)
        self.repeated = {name for name, count in Counter(n for n, _ in pairs).items() if count > 1}


def decoded(part: str, name: str) -> Members:
    """Return the JSON object in the base64url of a token's part, or raise ValueError."""
    try:
        found = json.loads(_bytes(part), object_pairs_hook=Members, parse_int=_integer)
    except RecursionError:
        raise ValueError(f"The {name} of this token is nested too deep to be read.") from None
    except ValueError:
        raise ValueError(f"The {name} of this token is not JSON in base64url.") from None
    if not isinstance(found, Members):
        raise ValueError(f"The {name} of this token is JSON, but not an object.")
    return found


def flaw(part: str) -> str:
    """Return what is wrong with the spelling of a part that `decoded` has read, or ""."""
    try:
        text = _bytes(part).decode()
    except UnicodeDecodeError:
        return "not in UTF-8, as RFC 7515 §3 wants it; some libraries read it anyway"
    return "a byte order mark before the JSON (RFC 8259 §8.1)" if text[:1] == "\ufeff" else ""


def spelled(value: object) -> str:
    """Return a value as JSON, an endless number with all its digits."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except TypeError:  # somewhere in it is a LongInteger
        return _spelled(value)


def _spelled(value: object) -> str:
    if isinstance(value, LongInteger):
        return value.text
    if isinstance(value, dict):
        members = (f"{json.dumps(k, ensure_ascii=False)}: {_spelled(v)}" for k, v in value.items())
        return f"{{{', '.join(members)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_spelled, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _bytes(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _integer(text: str) -> int | LongInteger:
    return int(text) if len(text) <= LONGEST_INTEGER else LongInteger(text)
