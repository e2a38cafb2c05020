"""Lay an edition into a folder and never overwrite what somebody changed there.

A record says what each copy was made from. An untouched copy is renewed. Beside a copy that was
worked in, the newer edition is laid as `03-hash.new.ipynb`, once.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

RECORD = ".made.json"
NEWER = "There is a newer {0}: yours is kept, and the newer one is beside it as {1}."


@dataclass
class Record:
    """The digests of what was laid into a folder, by the file's path from there."""

    made: dict[str, str] = field(default_factory=dict)  # of each file when it was laid
    offered: dict[str, str] = field(default_factory=dict)  # of the newer edition laid beside it
    made_of: str = ""  # of all that the files were made of, if somebody wants to know

    def __post_init__(self) -> None:
        """Raise ValueError or TypeError if a damaged file gave no dictionaries."""
        self.made, self.offered = dict(self.made), dict(self.offered)


class Copies:
    """The copies in a folder. Use it in a `with`: at its end the record is written."""

    def __init__(self, folder: Path) -> None:
        """Take `folder`, which need not exist; without a record nothing in it is overwritten."""
        self.folder = folder
        try:
            self.record = Record(**json.loads(read(folder / RECORD)))
        except (ValueError, TypeError):
            self.record = Record()

    def __enter__(self) -> "Copies":
        return self

    def __exit__(self, *_: object) -> None:
        if self.folder.is_dir():
            write(self.folder / RECORD, json.dumps(asdict(self.record), indent=1) + "\n")

    def lay(self, name: str, text: str) -> None:
        """Lay a file, renew it if it is untouched, or lay it beside the old one and say so."""
        now, there, made = digest(text), self.digest(name), self.record.made.get(name)
        if there in ("", now, made):
            self._write(name, text, now)
        elif now not in (made, self.record.offered.get(name)):
            beside = self.free(name, "new")
            self._write(beside, text, now)
            self.record.offered[name] = now
            print(NEWER.format(name, beside), flush=True)

    def put_back(self, name: str, text: str, day: str) -> str:
        """Lay a file in the place of the one that is there; return the name of what is kept.

        It is "" if nobody has worked in the old one. An untouched newer one beside it goes away.
        """
        now, there = digest(text), self.digest(name)
        kept = ""
        if there not in ("", now, self.record.made.get(name)):
            kept = self.free(name, day)
            os.replace(self.folder / name, self.folder / kept)
        self._write(name, text, now)
        beside = marked(name, "new")
        if self.digest(beside) == self.record.made.get(beside, ""):
            (self.folder / beside).unlink(missing_ok=True)
        return kept

    def free(self, name: str, mark: str) -> str:
        """Return the first name with `mark` under which there is nothing, or an untouched file."""
        number, one = 1, marked(name, mark)
        while self.digest(one) not in ("", self.record.made.get(one)):
            number += 1
            one = marked(name, f"{mark}-{number}")
        return one

    def digest(self, name: str) -> str:
        """Return the digest of a file in the folder, or "" if there is none."""
        return digest(read(self.folder / name))

    def _write(self, name: str, text: str, now: str) -> None:
        if self.digest(name) != now:
            write(self.folder / name, text)
        self.record.made[name] = now


def marked(name: str, mark: str) -> str:
    """Return a file's name with a mark in it: 03-hash.ipynb and "new" give 03-hash.new.ipynb."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{mark}.{suffix}"


def read(path: Path) -> str:
    """Return the text of a file, or "" if there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def write(path: Path, text: str) -> Path:
    """Write the whole file or nothing of it, and the folders that it needs; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    try:
        half.write_text(text, encoding="utf-8", newline="\n")
        os.replace(half, path)
    finally:
        half.unlink(missing_ok=True)
    return path


def digest(text: str) -> str:
    """Return a digest of the work in a file, or "" for an empty text.

    In a notebook, work is what is in its cells, and that they were run. What JupyterLab adds when a
    notebook is only opened does not count.
    """
    try:
        cells = json.loads(text)["cells"]
        work: object = [
            [cell["cell_type"], "".join(cell["source"]), bool(cell.get("outputs"))]
            for cell in cells
        ]
    except (ValueError, LookupError, TypeError):
        work = text
    return hashlib.sha256(json.dumps(work).encode()).hexdigest() if text else ""
