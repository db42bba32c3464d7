"""Commands about a classroom: who is in it, and who can read it."""

from pathlib import Path
from typing import Annotated

import typer


def roster(
    file: Annotated[Path, typer.Argument(help="CSV: id, last_name, first_name, email, group.")],
) -> None:
    """Read who is in the class from a CSV file; who has not handed in then appears everywhere.

    Read it again when somebody joins or a name has changed.
    """
    from autograder import console
    from autograder.grading.gradebook import GradingError
    from autograder.grading.roster import join, take_roster

    try:
        change = take_roster(file)
    except GradingError as error:
        raise console.report_error(error) from error
    typer.echo(f"{len(change.entries)} students in the class, {len(change.added)} of them new")
    if change.dropped:
        console.warn(
            [
                f"no longer in the roster: {join(change.dropped)}. Their work and grades are kept; "
                "`autograder forget STUDENT` removes them"
            ]
        )


def forget(
    student: Annotated[str, typer.Argument(help="The student's id, as in the gradebook.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove a student from the gradebook, all files, logs and pages. It cannot be undone."""
    from autograder import console, paths
    from autograder.forget import forget as remove
    from autograder.grading.gradebook import GradingError

    if not yes:
        typer.confirm(f"Remove all work and grades of {student!r} for ever?", abort=True)
    try:
        gone = remove(student)
    except (GradingError, paths.UnknownNameError) as error:
        raise console.report_error(error) from error
    for line in gone.removed:
        typer.echo(f"removed: {line}")
    console.warn(gone.elsewhere)


def doctor() -> None:
    """Close what other accounts of this machine can read; check sandbox, disk, packages, kernels.

    Exits with an error if anything is left to do.
    """
    from autograder.doctor import examine

    found = examine()
    typer.echo(repr(found))
    raise typer.Exit(0 if found.ready else 1)


COMMANDS = (roster, forget, doctor)
