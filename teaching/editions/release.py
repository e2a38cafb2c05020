"""`python -m teaching.editions.release v1.0.0 --to FOLDER`: what a release has attached.

Each edition as a ZIP file, and notes.md: the newest section of CHANGELOG.md. The tag,
pyproject.toml, CITATION.cff and the changelog must name one version. Left out: to publish it
(release.yml).
"""

import argparse
import re
import shutil
import sys
import tomllib
from importlib import import_module
from pathlib import Path

from teaching import ROOT
from teaching.editions.__main__ import EDITIONS
from teaching.editions.sources import lessons


def versions() -> dict[str, str]:
    """Return the version that each file names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    cited = re.search(r"^version: (\S+)$", citation, re.MULTILINE)
    return {
        "pyproject.toml": project["version"],
        "CITATION.cff": cited[1] if cited else "none",
        "CHANGELOG.md": newest()[0],
    }


def newest() -> tuple[str, str]:
    """Return the version and the text of the newest section of the changelog."""
    section = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1]
    heading, _, text = section.partition("\n")
    return heading.partition(",")[0], text.strip()


def make(folder: Path, version: str) -> list[Path]:
    """Write the files of the release into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    notes = folder / "notes.md"
    notes.write_text(newest()[1] + "\n", "utf-8", newline="\n")
    made = [notes]
    for edition in EDITIONS:
        print(f"making {edition} …", flush=True)
        name = f"signup-lessons-{version}-{edition}"
        import_module(f"teaching.editions.{edition}").make(lessons(), folder / name)
        made.append(Path(shutil.make_archive(str(folder / name), "zip", folder, name)))
        shutil.rmtree(folder / name)
    return made


def main(arguments: list[str]) -> int:
    """Make the files and return the exit status: 1 if a file names another version."""
    parser = argparse.ArgumentParser("python -m teaching.editions.release", description=__doc__)
    parser.add_argument("tag", help="such as v1.0.0")
    parser.add_argument("--to", type=Path, default=ROOT / "release", metavar="FOLDER")
    options = parser.parse_args(arguments)
    version = options.tag.removeprefix("v")
    others = {file: named for file, named in versions().items() if named != version}
    if others:
        named = ", ".join(f"{file} has {named}" for file, named in others.items())
        print(f"The tag is {options.tag}, but {named}: make them one version.", file=sys.stderr)
        return 1
    for path in make(options.to, version):
        print(f"{path}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
