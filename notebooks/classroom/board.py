"""board(): a student switches on that the class's board hears of each exercise that is done.

The teacher's side is `python3 course.py board` (teaching/board/). Left out: exercises that were
done before. Run their check again, and they are sent.
"""

from unicodedata import category
from urllib.parse import urlsplit

from classroom.checking import class_board
from classroom.display.note import Note, note

ON = (
    "From now on, each check that says done sends the name {} and the exercise's id to the board, "
    "and nothing else.\nboard(None) stops that, and so does a restart of the kernel."
)
OFF = "Nothing is sent to a board."
NO_ADDRESS = (
    'Nothing is sent: write the address that your teacher shows, as in board("http://…", "Ann").'
)
NO_NAME = (
    f"Nothing is sent: choose a name of 1 to {class_board.MAX_NAME} characters, "
    'none that is invisible, as in board("http://…", "Ann").'
)
NOT_THERE = "No board answers there, so nothing is sent: ask your teacher, and run this cell again."


def board(address: str | None = "", name: str = "") -> Note:
    """Send each exercise that is done to the board at `address`, under `name`; None switches off.

    Return a note that says what will be sent, or what is missing; then nothing is sent.
    """
    class_board.switch_off()
    if address is None:
        return note(OFF)
    if not _is_web_address(address):
        return note(NO_ADDRESS)
    name = _with_plain_spaces(name).strip() if isinstance(name, str) else name
    if not class_board.is_name(name):
        return note(NO_NAME)
    if not class_board.is_there(address):
        return note(NOT_THERE)
    class_board.switch_on(address, name)
    return note(ON.format(name))


def _with_plain_spaces(name: str) -> str:
    """Return `name` with plain spaces, also where a Japanese keyboard has written others."""
    return "".join(" " if category(one) == "Zs" else one for one in name)


def _is_web_address(address: object) -> bool:
    try:
        parts = urlsplit(address) if isinstance(address, str) else None
    except ValueError:
        return False
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)
