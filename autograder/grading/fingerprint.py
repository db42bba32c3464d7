"""A verdict's fingerprint: hashes of all that it depends on, to tell whether it still holds."""

import ast
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache, lru_cache
from pathlib import Path
from textwrap import dedent
from typing import Any

from autograder import paths
from autograder.authoring import reference
from autograder.grading import verdict
from autograder.submission.released_cells import ReleasedUnit
from autograder.whole_file import write_whole

REASONS = {
    "verdict": "another program has graded it since, with unknown tests",
    "submission": "submitted again",
    "source": "the unit's own cells changed",
    "tests": "the hidden tests changed",
    "answers": "the catalogue of answers changed",
    "secret": "the school's secret changed",
    "grader": "the grader or its settings changed",
}
"""The parts of a fingerprint, and the reason given if one has changed; the first one applies."""

GRADER_MODULES = ("autograder.grading.marking", "autograder.exam.examiner")
"""Hashed with everything they import. Candidates' programs are started by path, so not imported."""


def hash_unit(unit: str, source: ReleasedUnit, settings: dict[str, Any]) -> dict[str, str]:
    """Return the part of a fingerprint that all submissions of a unit share.

    Parameters
    ----------
    unit : str
    source : ReleasedUnit
    settings : dict
        The settings of `Examine`.
    """
    cells = [asdict(cell) for cell in source.sequence]
    shared = hash_tree(unit)
    return {
        "source": hash_parts(
            json.dumps([cells, source.kernel], sort_keys=True), reference.code(unit)
        ),
        "secret": hash_parts(paths.secret()),
        **shared,
        "grader": hash_parts(shared["grader"], json.dumps(settings, sort_keys=True, default=str)),
    }


def hash_tree(unit: str) -> dict[str, str]:
    """Return the hashes of the files that must be the same in a worker's source tree."""
    catalogue = (paths.ANSWERS / unit).glob("*/[rw]*/*.py")
    programs = (
        path
        for folder in ("exam/guest", "forkserver/server")
        for path in (paths.ROOT / "autograder" / folder).rglob("*.py")
    )
    return {
        "tests": _hash_files(files_of_tests(unit)),
        "answers": _hash_files(catalogue),
        "grader": _hash_files([*_module_files(GRADER_MODULES), *programs]),
    }


@cache
def hash_tree_at_start(unit: str) -> dict[str, str]:
    """Return `hash_tree` as of this process's first call: imported modules do not change later."""
    return hash_tree(unit)


def hash_modules(names: Iterable[str]) -> str:
    """Return the hash of these modules of this tree and of all that they import of it."""
    return _hash_files(_module_files(names))


def files_of_tests(unit: str) -> set[Path]:
    """Return the files that a unit's tests and locked cells depend on.

    These are the modules of this tree that they import, directly or indirectly, the data files
    beside those, and the stored outcomes that checks compare with.
    """
    text = (paths.SOURCE / f"{unit}.py").read_text(encoding="utf-8")
    hidden = re.findall(r"^\s*(?:from|import) autograder.*", text, re.MULTILINE)
    found = _module_files(_imported_names(f"{reference.code(unit)}\n" + dedent("\n".join(hidden))))
    folders = {path.parent for path in found}
    beside = {
        path
        for folder in folders
        for path in folder.glob("[!.]*")
        if path.is_file() and path.suffix != ".py"
    }
    values = paths.ROOT / "course" / "checks" / "outcomes"
    return found | beside | {values / f"{unit}.jsonl"}


def save_hashes(unit: str, student: str, hashes: dict[str, str]) -> None:
    """Store the fingerprint of a recorded verdict."""
    path = _fingerprint_path(unit, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps({**hashes, "verdict": _hash_verdict(unit, student)}))


def load_hashes(unit: str, student: str) -> dict[str, str]:
    """Return a verdict's stored fingerprint; empty if there is none."""
    try:
        return dict(json.loads(_fingerprint_path(unit, student).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def find_changes(unit: str, student: str, hashes: dict[str, str]) -> list[str]:
    """Return the parts of the fingerprint that changed since a verdict was recorded.

    Parameters
    ----------
    unit, student : str
    hashes : dict of str to str
        The current fingerprint.

    Returns
    -------
    list of str
        Keys of `REASONS`, in its order.
    """
    stored = load_hashes(unit, student)
    current = {**hashes, "verdict": _hash_verdict(unit, student)}
    return [name for name in REASONS if stored.get(name) != current[name]]


def _fingerprint_path(unit: str, student: str) -> Path:
    return paths.classroom() / "fingerprints" / unit / f"{student}.json"


def _hash_verdict(unit: str, student: str) -> str:
    path = verdict.verdict_folder(unit) / f"{student}.json"
    return hash_parts(path.read_bytes()) if path.exists() else ""


def _module_files(names: Iterable[str]) -> set[Path]:
    """Return the files of this tree that are executed when these modules are imported."""
    found: set[Path] = set()
    visited: set[str] = set()
    pending = set(names)
    while pending:
        visited |= (batch := pending)
        pending = set()
        for path in (path for name in batch for path in _files_of(name)):
            if path not in found:
                found.add(path)
                pending.update(_imported_names(path.read_text(encoding="utf-8"), path))
        pending -= visited
    return found


@lru_cache(maxsize=1024)  # units share most of their imports
def _imported_names(text: str, path: Path | None = None) -> tuple[str, ...]:
    """Return the dotted names of modules and attributes that a text imports."""
    return tuple(_parse_imports(text, path))


def _parse_imports(text: str, path: Path | None) -> Iterator[str]:
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except SyntaxError:  # for example an IPython magic command
        nodes = [node for line in text.splitlines() for node in _import_in(line)]
    for node in nodes:
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                base = module or ""
                if level and path:
                    package = path.parents[level - 1].relative_to(paths.ROOT)
                    base = ".".join(filter(None, (*package.parts, module)))
                yield base
                yield from (f"{base}.{alias.name}" for alias in names)


def _import_in(line: str) -> list[ast.stmt]:
    if not line.lstrip().startswith(("import ", "from ")):
        return []
    try:
        return ast.parse(line.strip()).body
    except SyntaxError:
        return []


def _files_of(module: str) -> Iterator[Path]:
    """Yield the files of this tree that are executed when a module is imported.

    Explorables are left out, although locked cells import them: they do not affect points.
    """
    parts = module.split(".")
    if parts[0] not in ("course", "autograder") or parts[:2] == ["course", "explore"]:
        return
    for length in range(1, len(parts) + 1):
        base = paths.ROOT.joinpath(*parts[:length])
        for path in (base / "__init__.py", base.with_suffix(".py")):
            if path.is_file():
                yield path


def _hash_files(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(set(files)):
        if path.is_file():
            name = path.relative_to(paths.ROOT).as_posix()
            digest.update(f"{name} {hash_parts(path.read_bytes())}\n".encode())
    return digest.hexdigest()


def hash_parts(*parts: str | bytes) -> str:
    """Return one hash of several texts; where one ends and the next begins counts."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()
