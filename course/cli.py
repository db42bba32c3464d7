"""The command `course`: what students and schools need outside a notebook."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

RELEASED = Path(__file__).with_name("notebooks")

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Descent: neural networks for physicists.",
)


data = typer.Typer(no_args_is_help=True, help="Fetch or check data ahead of a lesson.")
app.add_typer(data, name="data")


@data.callback()
def data_sets() -> None:
    """Fetch or check data ahead of a lesson."""


@data.command()
def mnist() -> None:
    """Make sure that MNIST is on this computer and intact; download it (11 MB) if it is not."""
    from course.data import mnist as digits

    named = os.environ.get(digits.VARIABLE)
    path = Path(named).expanduser() if named else digits.cache_path()
    try:
        if not named and not path.exists():
            digits.fetch(path)
        found = digits.read_images(path)
        if not named:  # a school's own file may differ
            digits.require_keras(path, str(path))
    except digits.DataFileError as error:
        fix = "" if named else f"\nDelete {path} and run this again."
        typer.echo(f"course: {error}{fix if path.exists() else ''}", err=True)
        raise typer.Exit(1) from error
    except OSError as error:
        typer.echo(
            f"course: MNIST could not be fetched ({getattr(error, 'reason', None) or error}).\n"
            f"Copy mnist.npz to {path}, or set {digits.VARIABLE} to its path. "
            "Without it, notebooks use scikit-learn's smaller digits and say so.",
            err=True,
        )
        raise typer.Exit(1) from error
    typer.echo(f"{path}: {digits.describe_images(found)}, {'readable' if named else 'intact'}.")


@app.callback()
def main() -> None:
    """Descent: neural networks for physicists."""


@app.command("check")
def print_readiness() -> None:
    """Check whether this computer is ready for the course, and say how to fix what is not."""
    from course import readiness

    report = readiness.check(notebook=False)
    typer.echo(repr(report))
    raise typer.Exit(0 if report.ready else 1)


@app.command()
def notebooks(
    folder: Annotated[Path, typer.Argument(help="Where to put them.")] = Path("notebooks"),
) -> None:
    """Copy the course's notebooks to a folder of your own; existing files are kept."""
    for path in sorted(RELEASED.glob("*/*.ipynb")):
        mine = folder / path.parent.name / path.name
        if mine.exists():
            typer.echo(f"{mine}: already there, left as it is")
            continue
        mine.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, mine)
        typer.echo(mine)


@app.command()
def update(
    folder: Annotated[Path, typer.Argument(help="Where your notebooks are.")] = Path("notebooks"),
) -> None:
    """Bring the course's mended notebooks into yours; what you wrote stays, and a copy of each."""
    from course import update as updating

    releases = sorted(RELEASED.glob("*/*.ipynb"))
    if not folder.is_dir():
        typer.echo(f"course: there is no folder {folder}; `course notebooks` makes one", err=True)
        raise typer.Exit(1)
    updated, problems = updating.update_folder(folder, releases)
    for item in updated:
        if item.earlier:
            typer.echo(f"{item.path}: updated; as it was: {item.earlier}")
        for note in item.notes:
            typer.echo(f"  {note}")
    typer.echo(f"{sum(item.earlier is not None for item in updated)} notebooks updated")
    for problem in problems:
        typer.echo(f"course: {problem}", err=True)
    if problems:
        raise typer.Exit(1)


@app.command()
def submit(
    unit: Annotated[str, typer.Argument(help="Its name or number.")],
    folder: Annotated[Path, typer.Option(help="Where your notebooks are.")] = Path(),
    wait: Annotated[float, typer.Option(help="Seconds to wait for the feedback.")] = 120,
    late: Annotated[bool, typer.Option("--late", help="Hand in late without a question.")] = False,
) -> None:
    """Hand in a unit to your school, save the notebook first; wait for the feedback.

    After the due date it asks first.
    """
    from course import due
    from course import submit as submitting

    try:
        name = _unit(unit)
        exchange, course = submitting.find_exchange()
        rules = due.published_rules(name, exchange, course)
        before = submitting.hand_ins(name, folder, exchange, course)
        times = [when for item in before if (when := due.read_stamp(item.when))]
        if not late and (told := rules.before_late(times)):
            _ask(told)
        found = submitting.submit(name, folder)
    except submitting.SubmitError as error:
        typer.echo(f"course: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{name} is handed in ({found.when}); it is kept whatever happens now")
    if attempt := rules.about_attempts(len(before) + 1):
        typer.echo(attempt)
    if wait:
        typer.echo("Waiting for the feedback; Ctrl-C stops the waiting alone.")
        came = found.wait(wait)
        later = f"it is not there yet; `course feedback {unit}` looks again"
        typer.echo(f"feedback: {found.fetched}" if came else later)


def _ask(told: str) -> None:
    """Ask whether to hand in late; where nobody can answer, do not.

    Raises
    ------
    SubmitError
        If nobody can be asked.
    typer.Abort
        If the answer is no.
    """
    from course.submit import SubmitError

    if not sys.stdin.isatty():
        raise SubmitError(f"nothing was handed in. {told} To hand in all the same, add --late")
    typer.confirm(f"{told}\nHand in now?", abort=True)


@app.command()
def feedback(
    unit: Annotated[str, typer.Argument(help="Its name or number.")],
    folder: Annotated[Path, typer.Option(help="Where your notebooks are.")] = Path(),
) -> None:
    """Fetch the feedback on all that you have handed in of a unit."""
    from course import submit as submitting

    try:
        name = _unit(unit)
        found = submitting.hand_ins(name, folder, *submitting.find_exchange())
    except submitting.SubmitError as error:
        typer.echo(f"course: {error}", err=True)
        raise typer.Exit(1) from error
    for item in found:
        came = item.fetch()
        typer.echo(f"{item.when}: {item.fetched if came else 'no feedback yet'}")
    if not found:
        typer.echo(f"nothing of {name} was handed in from here")


def _unit(name: str) -> str:
    """Return the full name of a unit, given its name or number."""
    from course.submit import SubmitError

    known = sorted(path.stem for path in RELEASED.glob("*/*.ipynb"))
    for full in known:
        if name in (full, full.partition("_")[0]):
            return full
    raise SubmitError(f"no unit is called {name!r}; there are {', '.join(known)}")


@app.command()
def pages(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path("build/pages"),
) -> None:
    """Write each explorable and prediction as a page that works without a kernel or a network."""
    from course import explore
    from course.predictions import ask
    from course.predictions.questions import QUESTIONS

    folder.mkdir(parents=True, exist_ok=True)
    for name in explore.__all__:
        path = folder / f"{name.lower()}.html"
        getattr(explore, name)().to_html(path)
        typer.echo(path)
    for name in QUESTIONS:
        path = folder / f"predict_{name}.html"
        ask(name).to_html(path)
        typer.echo(path)
