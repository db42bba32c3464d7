"""The command `course`: what a student or a school does with it outside a notebook."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Descent: neural networks for physicists.",
)


@app.callback()
def main() -> None:
    """Descent: neural networks for physicists."""


@app.command()
def check() -> None:
    """Say whether this computer is ready for the course, and how to mend what is not."""
    from course import environment

    report = environment.check(notebook=False)
    typer.echo(repr(report))
    raise typer.Exit(0 if report.ready else 1)


@app.command()
def pages(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path("build/pages"),
) -> None:
    """Write each explorable as a page that answers with no kernel and no network."""
    from course import explore

    folder.mkdir(parents=True, exist_ok=True)
    for name in explore.__all__:
        path = folder / f"{name.lower()}.html"
        getattr(explore, name)().to_html(path)
        typer.echo(path)
