"""Which fork server a notebook needs: what its cells import, as far as the course does."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder import paths
from autograder.authoring.reference import code

IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+\(?([\w., \t]+)|import[ \t]+([\w., \t]+))", re.M
)
HEAVY = ("tensorflow", "keras")
WORD = re.compile(r"\b(tensorflow|keras)|_keras\b")
BASE = frozenset({"numpy", *HEAVY})


@dataclass(frozen=True)
class Needs:
    """What a notebook needs of a fork server.

    Attributes
    ----------
    imports : tuple of str
        Modules, sorted.
    heavy : bool
        Whether TensorFlow is among them, which has a parent of its own.
    """

    imports: tuple[str, ...] = ()
    heavy: bool = False


NOTHING = Needs()


def needs(notebook: NotebookNode) -> Needs:
    """Return what a notebook needs.

    Only names that the course's own text imports are passed on: a student's cannot make a parent
    import anything else.
    """
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    found = imported(texts) & (known() | BASE)
    heavy = any(WORD.search(text) for text in texts)
    return Needs(tuple(sorted(found | set(HEAVY) if heavy else found - set(HEAVY))), heavy)


def is_heavy(unit: str) -> bool:
    """Tell whether a unit's right answers need TensorFlow."""
    return bool(WORD.search(code(unit)))


def imported(texts: Iterable[str]) -> frozenset[str]:
    """Return the modules that texts import, and what might be modules: names imported from some."""
    found: set[str] = set()
    for text in texts:
        for module, names, modules in IMPORT.findall(text):
            if module:
                found.add(module)
                found.update(f"{module}.{name}" for name in _names(names))
            found.update(_names(modules))
    return frozenset(found)


def known() -> frozenset[str]:
    """Return what the texts of all units import."""
    files = sorted(paths.SOURCE.glob("*.py"))
    return _known(tuple((str(path), path.stat().st_mtime_ns) for path in files))


@functools.lru_cache(maxsize=1)
def _known(files: tuple[tuple[str, int], ...]) -> frozenset[str]:
    texts = []
    for path, _ in files:
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    return imported(texts)


def _names(words: str) -> list[str]:
    return [name for word in words.split(",") if (name := word.strip().partition(" ")[0])]
