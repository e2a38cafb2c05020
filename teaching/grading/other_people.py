"""Other people and other passwords for the checks: a seed says which.

A check names its people in its source: "ada@trax.test", "midnight train to georgia". While the
modules of the checks are imported, each of these words is replaced by a made-up one of the same
length. So an answer that knows the people of the lessons fails, and limits such as bcrypt's 72
bytes stay where they are.

Left out: numbers, such as an id; names that stand for a spelling, such as zoé; and what belongs to
no person, such as the names of cookies.
"""

import ast
import random
import re
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader

NAMES = ("ada", "grace", "linus", "hedy", "annie", "radia", "nina", "tim")
WORDS = ("midnight", "georgia", "harbour", "bridge", "frequency", "sunshine", "memphis")
CHECKS = ("classroom.exercises.", "classroom.scoreboard.", "classroom.attacks.cross_origin_forms")
# A word as a whole: `metadata` is no Ada.
_WORD = re.compile(rf"(?<![a-z])({'|'.join(NAMES + WORDS)})(?![a-z])", re.IGNORECASE)


def other_words(seed: int) -> dict[str, str]:
    """Return a made-up word for each name and each word of a password, of the same length."""
    draw, made = random.Random(seed), {}
    for word in NAMES + WORDS:
        while (new := _made_up(len(word), draw)) in {*made.values(), *NAMES, *WORDS}:
            pass
        made[word] = new
    return made


def _made_up(length: int, draw: random.Random) -> str:
    """Return consonants and vowels in turn."""
    return "".join(
        draw.choice("aeiou" if place % 2 else "bdfgklmnprstv") for place in range(length)
    )


def translated(text: str, words: dict[str, str]) -> str:
    """Return `text` with the other words, in small letters or capitals as before."""

    def other(found: re.Match[str]) -> str:
        new = words[found[0].lower()]
        if found[0].isupper():
            return new.upper()
        return new.capitalize() if found[0][0].isupper() else new

    return _WORD.sub(other, text)


class _Translator(ast.NodeTransformer):
    """Translates each text and each bytes of a module, but for the frames: they are code."""

    def __init__(self, words: dict[str, str]) -> None:
        self.words = words

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        frame = [getattr(target, "id", "") for target in node.targets] == ["FRAME"]
        return node if frame else self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        value = node.value
        if isinstance(value, str):
            value = translated(value, self.words)
        elif isinstance(value, bytes) and value.isascii():
            value = translated(value.decode(), self.words).encode()
        return ast.copy_location(ast.Constant(value), node)


class _Loader(SourceFileLoader):
    """Loads a module with other words in its texts, and neither reads nor writes a cache of it."""

    words: dict[str, str]

    def get_code(self, fullname: str) -> object:
        tree = ast.parse(self.get_data(self.path), self.path)
        return compile(_Translator(self.words).visit(tree), self.path, "exec")


class _Finder(MetaPathFinder):
    def __init__(self, words: dict[str, str]) -> None:
        self.words = words

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: object = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name.startswith(CHECKS) else None
        if spec is not None:
            spec.loader = _Loader(name, spec.origin)
            spec.loader.words = self.words
        return spec


def replace_people(seed: int) -> None:
    """Let each check that is imported from now on name other people; `seed` says which."""
    sys.meta_path.insert(0, _Finder(other_words(seed)))
