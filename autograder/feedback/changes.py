"""What an annotated notebook rests on, to tell whether it must be written again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
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

MODULES = (
    "autograder.feedback.annotated",
    "autograder.feedback.redact",
    "autograder.feedback.sanitize",
)
"""Hashed with everything they import."""
LIBRARIES = ("nbgrader", "nbconvert", "bleach", "beautifulsoup4", "mistune", "pygments", "jinja2")
"""Those that shape a page; other versions may write it otherwise."""


class WrittenPages:
    """Remembers, in the classroom, from what each annotated notebook was made.

    A page counts as written only if it is there as it was left: one that a killed run left half
    written, or that somebody has changed, is written again.

    Parameters
    ----------
    unit : str
    entries : mapping of str to Entry
        What the gradebook holds of the unit, by student.
    """

    def __init__(self, unit: str, entries: Mapping[str, Entry]) -> None:
        self._unit = unit
        self._shared = _hash_program()
        self._entries = entries
        self._exchange = uses_exchange(unit)
        self._path = paths.classroom() / "feedback_pages" / f"{unit}.json"
        self._stored = self._load()
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
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".part")
        fresh.write_text(json.dumps(self._stored, indent=0, ensure_ascii=True), encoding="utf-8")
        fresh.replace(self._path)

    def _load(self) -> dict[str, list[str]]:
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stored if isinstance(stored, dict) else {}

    def _hash_source(self, student: str) -> str:
        entry = json.dumps(asdict(self._entries[student]), default=str)
        notebook = _read(autograded_notebook(student, self._unit))
        beside = self._exchange_files(student)
        return hash_parts(self._shared, entry, notebook, *beside.values())

    def _exchange_files(self, student: str) -> dict[str, bytes]:
        return exchange_files(student, self._unit) if self._exchange else {}

    def _hash_page(self, student: str) -> str:
        page = annotated_page(student, self._unit)
        beside = self._exchange_files(student)
        return hash_parts(*map(_read, (page, *map(page.with_name, beside))))


def _hash_program() -> str:
    """Hash what shapes all pages: this program, its settings and the libraries."""
    settings = json.dumps(nbgrader_bridge.config(), sort_keys=True, default=str)
    return hash_parts(hash_modules(MODULES), settings, *map(version, LIBRARIES))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
