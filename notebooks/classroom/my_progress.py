"""The map of all lessons with their exercises: which are done, which are open.

Left out: the verdicts before "done", and a class's progress; nothing is sent to anyone.
"""

from classroom.checking import kept
from classroom.display.note import Note, note
from classroom.display.table import Table

CORE = {
    "00 · Start here": ("say-hello",),
    "01 · A route is a callback": ("route-verbs",),
    "02 · Salt": ("salt-each", "salt-verify"),
    "03 · Hash": ("hash-off-loop",),
    "04 · Sign up once": ("signup-duplicate",),
    "05 · Who is here?": ("signup-discreet",),
    "06 · Sign a token": ("token-read",),
    "07 · Set the cookie": ("cookie-flags", "cookie-signout"),
    "08 · Same site": ("cookie-toss",),
    "09 · Under attack": ("attack-origin",),
    "10 · Refresh": ("refresh-once", "refresh-thief"),
    "11 · There is a server": ("serverless-loop", "serverless-throttle"),
    "12 · Build it": ("build-account", "build-secret", "build-session"),
}
DEEPER = {
    "01 · Odd bodies": ("route-type", "route-body"),
    "02 · The rainbow table from inside": ("salt-guessable",),
    "03 · Other hashes": ("hash-wrapped",),
    "03 · Passwords in bytes": ("hash-long", "hash-nul"),
    "04 · Mass assignment": ("signup-public",),
    "06 · Where keys live": ("token-sign",),
    "06 · A session or a JWT?": ("token-signout",),
    "09 · Login CSRF and CORS": ("attack-login",),
    "09 · What browsers send": ("attack-startswith",),
    "10 · Designs for refresh": ("refresh-signout",),
    "11 · What can happen to an event": ("serverless-mail",),
}
NOT_KEPT = (
    "Progress is kept for the notebooks in my-lessons, which `course.py` opens. "
    "This notebook is in another folder."
)


def my_progress(deeper: bool = False) -> Table | Note:
    """Return the core lessons, or the deeper notebooks, with what is done and what is open."""
    if kept.file() is None:
        return note(NOT_KEPT)
    done, lessons = kept.done(), DEEPER if deeper else CORE
    rows = [
        {
            "lesson": lesson,
            "done": ", ".join(id for id in ids if id in done) or "–",
            "open": ", ".join(id for id in ids if id not in done) or "–",
        }
        for lesson, ids in lessons.items()
    ]
    count = sum(id in done for ids in lessons.values() for id in ids)
    caption = f"{count} of {sum(map(len, lessons.values()))} exercises are done"
    return Table(rows, caption=caption, plain=("lesson", "done", "open"), faint=("–",))
