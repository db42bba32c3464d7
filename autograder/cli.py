"""The command `autograder`: what staff does with the course."""

from typing import Annotated

import typer

from autograder import layout

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Build, grade and report on the course.",
)

Units = Annotated[
    list[str] | None, typer.Argument(help="Names or numbers of units; all when left out.")
]


def chosen(units: list[str] | None) -> list[str]:
    """Return the full names of the units asked for, or of all."""
    try:
        return [layout.unit_named(name) for name in units] if units else layout.units()
    except layout.UnknownNameError as error:
        typer.echo(f"autograder: {error}", err=True)
        raise typer.Exit(2) from error


@app.callback()
def main() -> None:
    """Build, grade and report on the course."""


@app.command()
def build(
    units: Units = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail where anything is not as built.")
    ] = False,
) -> None:
    """Derive notebooks, solutions and check values from the course's text."""
    # nbgrader takes a second to import: `--help` should not wait for it
    from autograder import audit
    from autograder import build as building

    names = chosen(units)
    if check:
        found = list(audit.problems(names))
        for problem in found:
            typer.echo(problem, err=True)
        if found:
            raise typer.Exit(1)
        typer.echo(f"{len(names)} units: everything derived is as built.")
        return
    for unit in names:
        for path in building.build(unit):
            typer.echo(path.relative_to(layout.ROOT))
