"""Both distributions as wheels, environments with one of them, and what students must not get."""

import ast
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder import paths
from autograder.authoring import build_check, catalogue

STUDENTS = paths.ROOT / "distributions" / "course"


def secrets() -> Iterator[str]:
    """Yield the text of every answer, and of every function of the hidden tests."""
    for unit in paths.units():
        for exercise in catalogue.exercises(unit):
            yield from (answer.source for answer in catalogue.answers(unit, exercise))
    for path in (paths.ROOT / "autograder" / "hidden_tests").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                yield ast.get_source_segment(text, node) or ""


def reported(shown: dict[str, str]) -> set[str]:
    """Return the secrets that files tell."""
    text = "\n".join(build_check.fold_whitespace(name, text) for name, text in shown.items())
    folded = {" ".join(secret.split()) for secret in secrets()}
    return {secret for secret in folded if len(secret) > 40 and secret in text}


def built(project: Path, folder: Path) -> Path:
    """Build a project's wheel, without an environment of its own and without a network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=project, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    return wheel


@dataclass(frozen=True)
class Environment:
    """An environment with one of our wheels, and a folder to work in."""

    prefix: Path
    folder: Path

    def run(self, *command: str, fails: bool = False) -> str:
        """Run a program of the environment, as from a shell; return what it says."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DESCENT_", "PYTHON", "JUPYTER", "VIRTUAL_ENV"))
        }
        program = self.prefix / "bin" / command[0]
        done = subprocess.run(
            [str(program), *command[1:]],
            cwd=self.folder, env={**kept, "COLUMNS": "120"}, text=True, timeout=300, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert (done.returncode != 0) == fails, done.stdout
        return done.stdout


@contextmanager
def installed(wheel: Path) -> Iterator[Environment]:
    """Install a wheel beside what it needs, in seconds: packages are linked to, not copied.

    They are there under the environment's own name, which is all that a sandbox shows.
    """
    theirs = Path(sysconfig.get_path("purelib"))
    (paths.BUILD).mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.BUILD, prefix="installed-") as made:
        prefix, folder = Path(made, "env"), Path(made, "work")
        folder.mkdir()
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", prefix], check=True)
        mine = prefix / theirs.relative_to(sys.prefix)
        _linked(theirs, mine, leave_out=("_descent.pth", "descent-*.dist-info", "__editable__*"))
        _linked(Path(sys.prefix, "share", "jupyter"), prefix / "share" / "jupyter")
        command = ["-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps", "--python"]
        subprocess.run([sys.executable, *command, prefix / "bin" / "python", wheel], check=True)
        yield Environment(prefix, folder)


def _linked(source: Path, target: Path, leave_out: tuple[str, ...] = ()) -> None:
    ignored = shutil.ignore_patterns(*leave_out)
    shutil.copytree(
        source, target, copy_function=_link, ignore=ignored, dirs_exist_ok=True, symlinks=True
    )


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)
