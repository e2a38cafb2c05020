"""The function as a zip: how it is made, what is in it, and how it is unpacked.

Left out: the libraries. An instance here uses those of the course; a real zip has them inside.
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from classroom.display.table import Table

NO_FILES = 'zip_of takes a dict of file names and texts: zip_of({"app.py": CODE}).'
NO_ZIP = 'A cloud takes a zip, as bytes: Cloud(zip_of({"app.py": CODE})).'
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes


def zip_of(files: Mapping[str, str]) -> bytes:
    """Return a zip with each text of `files` under its name; TypeError if one is no text."""
    if not isinstance(files, Mapping) or not all(
        isinstance(one, str) for pair in files.items() for one in pair
    ):
        raise TypeError(NO_FILES)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_DATE), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def contents(packed: bytes) -> Table:
    """Return the files of a zip, each with its size in bytes; TypeError or BadZipFile if none."""
    if not isinstance(packed, bytes):
        raise TypeError(NO_ZIP)
    if not zipfile.is_zipfile(io.BytesIO(packed)):
        raise zipfile.BadZipFile(NO_ZIP)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        rows = [{"file": one.filename, "bytes": one.file_size} for one in archive.infolist()]
    return Table(rows, ("file", "bytes"), caption="in the zip")


def unpack(packed: bytes, folder: Path) -> None:
    """Write the files of a zip into `folder`, which is made."""
    folder.mkdir()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)  # rejects paths that lead outside
