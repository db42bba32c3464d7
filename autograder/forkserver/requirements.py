"""What a notebook requires of a fork server: modules that its cells import and the course names."""

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
TENSORFLOW = ("tensorflow", "keras")
"""Modules that a fork server with TensorFlow imports when it starts."""
MENTIONS_TENSORFLOW = re.compile(r"\b(tensorflow|keras)|_keras\b")
ALWAYS_ALLOWED = frozenset({"numpy", *TENSORFLOW})


@dataclass(frozen=True)
class Requirements:
    """What a notebook requires of a fork server.

    Attributes
    ----------
    imports : tuple of str
        Modules, sorted.
    tensorflow : bool
        Whether it needs a fork server with TensorFlow.
    """

    imports: tuple[str, ...] = ()
    tensorflow: bool = False


NO_REQUIREMENTS = Requirements()


def requirements_of(notebook: NotebookNode) -> Requirements:
    """Return what a notebook requires.

    They contain only names that the course's own text imports: a student cannot make a fork server
    import anything else.
    """
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    found = imports_in(texts) & (course_imports() | ALWAYS_ALLOWED)
    tensorflow = any(MENTIONS_TENSORFLOW.search(text) for text in texts)
    imports = found | set(TENSORFLOW) if tensorflow else found - set(TENSORFLOW)
    return Requirements(tuple(sorted(imports)), tensorflow)


def needs_tensorflow(unit: str) -> bool:
    """Tell whether a unit's right answers need TensorFlow."""
    return bool(MENTIONS_TENSORFLOW.search(code(unit)))


def imports_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the modules that texts import, and imported names that may be modules."""
    found: set[str] = set()
    for text in texts:
        for module, names, modules in IMPORT.findall(text):
            if module:
                found.add(module)
                found.update(f"{module}.{name}" for name in _names(names))
            found.update(_names(modules))
    return frozenset(found)


def course_imports() -> frozenset[str]:
    """Return what the texts of all units import."""
    files = sorted(paths.SOURCE.glob("*.py"))
    return _imports_of(tuple((str(path), path.stat().st_mtime_ns) for path in files))


@functools.lru_cache(maxsize=1)
def _imports_of(files: tuple[tuple[str, int], ...]) -> frozenset[str]:
    texts = []
    for path, _ in files:
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    return imports_in(texts)


def _names(clause: str) -> list[str]:
    return [name for part in clause.split(",") if (name := part.strip().partition(" ")[0])]
