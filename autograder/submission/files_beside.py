"""The files and folders that a student hands in beside a notebook: what of them goes along."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MAX_BYTES_BESIDE = 20_000_000
MAX_FILES_BESIDE = 1_000
MAX_LEVELS = 8
"""Folders within folders that are looked into."""
MAX_ENTRIES = 20_000
"""Files and folders that are looked at, whatever becomes of them."""

SHOWN = 3
"""Files that a reason names; of more only the number is given."""

OURS = frozenset({"course", "autograder"})
"""What would hide the course's own packages from the notebook."""

NEVER_NEEDED = frozenset({"__pycache__", "__MACOSX", "node_modules"})
"""Folders that programs make for themselves, as they do those that begin with a dot."""


@dataclass
class FilesBeside:
    """What stands beside a notebook.

    Attributes
    ----------
    taken : list of Path
        Files that go along, relative to the folder; programs first, then by name.
    reasons : list of str
        A sentence for each kind of thing that does not.
    """

    taken: list[Path] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Entry:
    path: Path
    size: int

    @property
    def rank(self) -> tuple[bool, int, str]:
        return self.path.suffix != ".py", len(self.path.parts), str(self.path)


def files_beside(folder: Path) -> FilesBeside:
    """Choose what goes along with the notebook in a folder: plain files, with their folders.

    Programs come before data; a file that does not fit leaves room for smaller ones. Notebooks,
    links, and what programs make for themselves stay behind.
    """
    left: dict[str, list[str]] = {}
    fits: list[Path] = []
    size = 0
    for entry in sorted(_entries(folder, left), key=lambda entry: entry.rank):
        if size + entry.size > MAX_BYTES_BESIDE or len(fits) >= MAX_FILES_BESIDE:
            described = f"{_printable(entry.path)} ({entry.size / 1e6:.1f} MB)"
            left.setdefault(_TOO_MUCH, []).append(described)
            continue
        fits.append(entry.path)
        size += entry.size
    return FilesBeside(fits, _reasons(left))


_TOO_MUCH = (
    f"at most {MAX_BYTES_BESIDE / 1e6:.0f} MB and {MAX_FILES_BESIDE:,} files are taken along"
)
_LINKED = "links are not followed"
_SPECIAL = "only files and folders are taken along"
_HIDING = "the course has a package of that name"
_DEEP = f"folders are looked into {MAX_LEVELS} levels deep"
_MANY = f"only {MAX_ENTRIES:,} files and folders are looked at"
_CLOSED = "it cannot be read"


def _reasons(left: dict[str, list[str]]) -> list[str]:
    return [
        f"left out of what lies beside the notebook: {_join_first(names)}, as {why}"
        for why, names in left.items()
    ]


def _entries(folder: Path, left: dict[str, list[str]]) -> Iterator[_Entry]:
    """Yield the plain files below a folder; note in `left` what is none, by the reason."""
    pending = [Path()]
    looked_at = 0
    while pending:
        inner = pending.pop(0)
        try:
            found = sorted(os.scandir(folder / inner), key=lambda entry: entry.name)
        except OSError:
            left.setdefault(_CLOSED, []).append(_printable(inner))
            continue
        for entry in found:
            path = inner / entry.name
            looked_at += 1
            if looked_at > MAX_ENTRIES:
                left.setdefault(_MANY, []).append(_printable(path))
                return
            if _is_needless(entry, inner):
                continue
            why = _why_not(entry, path)
            if why:
                left.setdefault(why, []).append(_printable(path))
            elif entry.is_dir(follow_symlinks=False):
                pending.append(path)
            else:
                yield _Entry(path, entry.stat(follow_symlinks=False).st_size)


def _is_needless(entry: "os.DirEntry[str]", inner: Path) -> bool:
    """Tell whether nobody misses an entry: another notebook, or what a program made for itself."""
    if entry.is_dir(follow_symlinks=False):
        made = os.path.lexists(os.path.join(entry.path, "pyvenv.cfg"))
        return entry.name.startswith(".") or entry.name in NEVER_NEEDED or made
    return entry.name.lower().endswith((".ipynb", ".pyc")) or (
        entry.name.startswith(".") and inner != Path()
    )


def _why_not(entry: "os.DirEntry[str]", path: Path) -> str:
    if entry.is_symlink():
        return _LINKED
    if len(path.parts) == 1 and path.stem in OURS:
        return _HIDING
    if entry.is_dir(follow_symlinks=False):
        return _DEEP if len(path.parts) > MAX_LEVELS else ""
    if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
        return _SPECIAL
    return ""


def _printable(path: Path) -> str:
    """Return a name that can be written down, whatever its bytes are."""
    return repr(path.as_posix())[:80]


def _join_first(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def copy_files_beside(found: FilesBeside, folder: Path, target: Path) -> list[str]:
    """Copy what goes along; return a sentence for what does not, or cannot be read."""
    unreadable = []
    for path in found.taken:
        try:
            data = (folder / path).read_bytes()
        except OSError:
            unreadable.append(_printable(path))
            continue
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
    return [*found.reasons, *_reasons({_CLOSED: unreadable} if unreadable else {})]
