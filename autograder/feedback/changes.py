"""What an annotated notebook rests on, to tell whether it must be written again."""

import json
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from autograder import nbgrader_bridge, paths
from autograder.feedback.annotated import (
    annotated_page,
    autograded_notebook,
    exchange_files,
    uses_exchange,
)
from autograder.grading.fingerprint import hash_modules, hash_parts
from autograder.grading.gradebook import Entry
from autograder.grading.verdict import verdict_folder
from autograder.templates import FOLDER
from autograder.whole_file import write_whole

MODULES = (
    "autograder.feedback.annotated",
    "autograder.feedback.redact",
    "autograder.feedback.sanitize",
)
"""Hashed with everything they import."""
LIBRARIES = (
    *("nbgrader", "nbconvert", "bleach", "beautifulsoup4", "latex2mathml", "mistune", "pygments"),
    "jinja2",
)
"""Those that shape a page; other versions may write it otherwise."""
TEMPLATES = ("annotated.css",)


class WrittenPages:
    """Remembers, in the classroom, from what each annotated notebook was made.

    A page counts as written only if it is there as it was left: one that a killed run left half
    written, or that somebody has changed, is written again.

    Parameters
    ----------
    unit : str
    entries : mapping of str to Entry
        What the gradebook holds of the unit, by student.
    summary : callable
        Takes a student; returns the table of points that stands above the notebook.
    """

    def __init__(
        self, unit: str, entries: Mapping[str, Entry], summary: Callable[[str], str]
    ) -> None:
        self._unit = unit
        self._shared = _hash_program()
        self._entries, self._summary = entries, summary
        self._exchange = uses_exchange(unit)
        self._path = _memory(unit)
        self._stored = _load(self._path)
        self._sources: dict[str, str] = {}

    def outdated(self, students: Iterable[str]) -> list[str]:
        """Return the students whose page does not show what there is now."""
        for student in students:
            self._sources[student] = self._hash_source(student)
        return [
            student
            for student, source in self._sources.items()
            if self._stored.get(student) != [source, self._hash_page(student)]
        ]

    def save(self, written: Iterable[str]) -> None:
        """Remember what `outdated` found of these students, whose pages are written now."""
        for student in written:
            self._stored[student] = [self._sources[student], self._hash_page(student)]
        _store(self._path, self._stored)

    def _hash_source(self, student: str) -> str:
        held = self._entries[student]
        entry = json.dumps((held.grades, held.comments, held.penalty), default=str)
        notebook = _read(autograded_notebook(student, self._unit))
        beside = self._exchange_files(student)
        verdict = _read(verdict_folder(self._unit) / f"{student}.json")
        summary = self._summary(student)
        return hash_parts(self._shared, entry, notebook, verdict, summary, *beside.values())

    def _exchange_files(self, student: str) -> dict[str, bytes]:
        return exchange_files(student, self._unit) if self._exchange else {}

    def _hash_page(self, student: str) -> str:
        page = annotated_page(student, self._unit)
        beside = self._exchange_files(student)
        return hash_parts(*map(_read, (page, *map(page.with_name, beside))))


def forget_page(unit: str, student: str) -> None:
    """Remove what is remembered of a student's page."""
    stored = _load(_memory(unit))
    if stored.pop(student, None):
        _store(_memory(unit), stored)


def _memory(unit: str) -> Path:
    return paths.classroom() / "feedback_pages" / f"{unit}.json"


def _load(path: Path) -> dict[str, list[str]]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _store(path: Path, pages: dict[str, list[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(pages, indent=0, ensure_ascii=True))


def _hash_program() -> str:
    """Hash what shapes all pages: this program, its settings and the libraries."""
    settings = json.dumps(nbgrader_bridge.config(), sort_keys=True, default=str)
    templates = [(FOLDER / name).read_bytes() for name in TEMPLATES]
    return hash_parts(hash_modules(MODULES), settings, *templates, *map(version, LIBRARIES))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
