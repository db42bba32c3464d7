"""Read the documents: links, commands and paths that they name, and whether each exists."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer

import autograder.cli
import course.cli
from autograder.paths import ROOT
from tests.test_imports import modules

COMMANDS = {
    "autograder": typer.main.get_command(autograder.cli.app),
    "course": typer.main.get_command(course.cli.app),
}
NOT_OURS = {".git", "build", "classroom", "node_modules", "__pycache__"}
"""Folders that are made when something runs."""
PLACEHOLDERS = re.compile(r"<\w+>|NN_name|\bNN\b|UNIT|EXERCISE|STUDENT|…")
FILE = re.compile(r"[\w.*/-]+\.(py|md|js|json|jsonl|sh|toml|ya?ml|lock|html|css|csv)")


def spans(text: str) -> list[str]:
    """Return what stands between backticks, outside of fenced blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))


def commands(text: str) -> Iterator[str]:
    """Yield what a reader may type: code spans, and lines of fenced blocks, comments cut off."""
    yield from spans(text)
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S):
        for line in block.splitlines():
            yield line.split(" #")[0].strip()


def anchors(text: str) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def broken_links(text: str, folder: Path) -> list[str]:
    """Return relative links of a document in `folder` that lead nowhere."""
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", "\n".join(re.split(r"`[^`\n]*`", text))):
        if re.match(r"\w+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = folder / path
        known = anchors(target.read_text(encoding="utf-8")) if anchor and target.is_file() else {""}
        if not target.exists() or anchor not in known:
            broken.append(link)
    return broken


def targets() -> set[str]:
    """Return the Makefile's targets."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", makefile, re.M))


def unknown_commands(text: str) -> list[str]:
    """Return the commands of ours that a document names and that do not exist."""
    return [line for line in commands(text) if not exists(line)]


def exists(line: str) -> bool:
    """Tell whether a line is no command of ours, or one that exists with all its options."""
    words = line.removeprefix("sudo ").replace(".venv/bin/", "").split()
    match words:
        case ["make", *given]:
            assigned = dict(word.split("=", 1) for word in given if "=" in word)
            wanted = assigned.get("T", "").partition("::")[0].rstrip("…")
            return all(w in targets() for w in given if "=" not in w) and any(
                (folder / wanted).exists() for folder in (ROOT, ROOT / "tests")
            )
        case [program, *given] if program in COMMANDS:
            return _takes(COMMANDS[program], given)
        case ["python", "-m", module, *_] if "." in module or module in ("benchmarks", "tools"):
            return _is_module(module)
    return True


def _takes(command: Any, given: list[str]) -> bool:
    """Tell whether a command of typer's has these sub-commands and options."""
    while given and hasattr(command, "commands") and not given[0].startswith("-"):
        if given[0] not in command.commands:
            return False
        command, *given = command.commands[given[0]], *given[1:]
    known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
    return all(w.partition("=")[0] in known for w in given if w.startswith("-"))


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@cache
def tree() -> frozenset[str]:
    """Return every file and folder of the tree, without what is made when something runs."""
    found, pending = set(), [ROOT]
    while pending:
        for path in pending.pop().iterdir():
            if path.name in NOT_OURS or path.name.startswith(".venv"):
                continue
            found.add(path.relative_to(ROOT).as_posix())
            if path.is_dir() and not path.is_symlink():
                pending.append(path)
    return frozenset(found)


def missing_paths(text: str) -> list[str]:
    """Return what looks like a path of this tree, or a module of it, and is none."""
    tops = {name for name in tree() if "/" not in name}
    missing = []
    for span in spans(text):
        place = PLACEHOLDERS.sub("*", span)
        first = place.split("/")[0]
        if re.fullmatch(r"(course|autograder)(\.\w+)+", span):
            if not _is_named(span):
                missing.append(span)
        elif first in NOT_OURS or not re.fullmatch(r"[\w.*/-]+", place):
            continue
        elif ("/" in place and first in tops) or FILE.fullmatch(place):
            pattern = re.compile(re.escape(place.rstrip("/")).replace(r"\*", "[^/]*"))
            ours = "/" in place and first in tops
            if not any(pattern.fullmatch(name if ours else _end(name, place)) for name in tree()):
                missing.append(span)
    return missing


def _end(name: str, like: str) -> str:
    """Return as many of a path's last parts as another path has."""
    return "/".join(name.split("/")[-len(like.rstrip("/").split("/")) :])


def _is_named(dotted: str) -> bool:
    """Tell whether a dotted name is a module, or something that a module names."""
    known = modules()
    if dotted in known:
        return True
    module, _, name = dotted.rpartition(".")
    return module in known and bool(
        re.search(rf"\b{name}\b", known[module].read_text(encoding="utf-8"))
    )
