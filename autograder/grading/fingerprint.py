"""What a verdict rests on, as hashes: nothing is graded twice, and nothing stale is kept."""

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

WHY = {
    "verdict": "something else has graded it since, so that nobody knows by which tests",
    "submission": "handed in anew",
    "source": "the unit's own cells changed",
    "tests": "the hidden tests changed",
    "answers": "the catalogue of answers changed",
    "secret": "the school's secret changed",
    "grader": "the grader or its settings changed",
}
"""What a verdict rests on, and what is said when it is not what it was; the first counts."""

GRADER = ("autograder.grading.marking", "autograder.exam.examiner")
"""With what they import; the programs of candidates are started by their paths."""


def of_unit(unit: str, source: ReleasedUnit, settings: dict[str, Any]) -> dict[str, str]:
    """Return the hashes that all submissions of a unit share.

    Parameters
    ----------
    unit : str
    source : ReleasedUnit
    settings : dict
        What is configured of `Examine`.
    """
    cells = [asdict(cell) for cell in source.cells]
    shared = tree(unit)
    return {
        "source": _hash(json.dumps([cells, source.kernel], sort_keys=True), reference.code(unit)),
        "secret": _hash(paths.secret()),
        **shared,
        "grader": _hash(shared["grader"], json.dumps(settings, sort_keys=True, default=str)),
    }


def tree(unit: str) -> dict[str, str]:
    """Return the hashes of what a worker must have in its own copy of this tree."""
    catalogue = (paths.ANSWERS / unit).glob("*/[rw]*/*.py")
    programs = (
        path
        for folder in ("exam/guest", "forkserver/server")
        for path in (paths.ROOT / "autograder" / folder).rglob("*.py")
    )
    return {
        "tests": _hash_files(tests(unit)),
        "answers": _hash_files(catalogue),
        "grader": _hash_files([*_modules(GRADER), *programs]),
    }


@cache
def tree_at_start(unit: str) -> dict[str, str]:
    """Return `tree` as it was when this process first asked: what was imported does not change."""
    return tree(unit)


def tests(unit: str) -> set[Path]:
    """Return the files that a unit's tests and locked cells are made of.

    These are the modules of this tree that they import, those that these import and so on, the data
    beside them, and the numbers that checks compare with.
    """
    text = (paths.SOURCE / f"{unit}.py").read_text(encoding="utf-8")
    hidden = re.findall(r"^\s*(?:from|import) autograder.*", text, re.MULTILINE)
    found = _modules(_imported(f"{reference.code(unit)}\n" + dedent("\n".join(hidden))))
    folders = {path.parent for path in found}
    beside = {
        path
        for folder in folders
        for path in folder.glob("[!.]*")
        if path.is_file() and path.suffix != ".py"
    }
    values = paths.ROOT / "course" / "checks" / "outcomes"
    return found | beside | {values / f"{unit}.jsonl"}


def save(unit: str, student: str, parts: dict[str, str]) -> None:
    """Keep what a recorded verdict rests on."""
    path = _path(unit, student)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    fresh.write_text(json.dumps({**parts, "verdict": _verdict(unit, student)}), encoding="utf-8")
    fresh.replace(path)


def load(unit: str, student: str) -> dict[str, str]:
    """Return what a verdict was recorded with; nothing where none was."""
    try:
        return dict(json.loads(_path(unit, student).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def changed(unit: str, student: str, parts: dict[str, str]) -> list[str]:
    """Return what is not as it was when a verdict was recorded: keys of `WHY`, in its order.

    Parameters
    ----------
    unit, student : str
    parts : dict of str to str
        The hashes as they are now.
    """
    kept = load(unit, student)
    now = {**parts, "verdict": _verdict(unit, student)}
    return [name for name in WHY if kept.get(name) != now[name]]


def _path(unit: str, student: str) -> Path:
    return paths.classroom() / "fingerprints" / unit / f"{student}.json"


def _verdict(unit: str, student: str) -> str:
    path = verdict.verdict_folder(unit) / f"{student}.json"
    return _hash(path.read_bytes()) if path.exists() else ""


def _modules(names: Iterable[str]) -> set[Path]:
    """Return the files of this tree that importing these runs."""
    found: set[Path] = set()
    asked: set[str] = set()
    pending = set(names)
    while pending:
        asked |= (now := pending)
        pending = set()
        for path in (path for name in now for path in _files(name)):
            if path not in found:
                found.add(path)
                pending.update(_imported(path.read_text(encoding="utf-8"), path))
        pending -= asked
    return found


@lru_cache(maxsize=1024)  # the units share most of what they import
def _imported(text: str, path: Path | None = None) -> tuple[str, ...]:
    """Return the dotted names that a text imports, and what it takes from them."""
    return tuple(_named(text, path))


def _named(text: str, path: Path | None) -> Iterator[str]:
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except SyntaxError:  # a cell with a command of IPython's, say
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


def _files(module: str) -> Iterator[Path]:
    """Yield the files of this tree that importing a module runs.

    Explorables are left out, although locked cells import them: they decide no point.
    """
    parts = module.split(".")
    if parts[0] not in ("course", "autograder") or parts[:2] == ["course", "explore"]:
        return
    for length in range(1, len(parts) + 1):
        place = paths.ROOT.joinpath(*parts[:length])
        for path in (place / "__init__.py", place.with_suffix(".py")):
            if path.is_file():
                yield path


def _hash_files(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(set(files)):
        if path.is_file():
            name = path.relative_to(paths.ROOT).as_posix()
            digest.update(f"{name} {_hash(path.read_bytes())}\n".encode())
    return digest.hexdigest()


def _hash(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()
