"""The command `autograder kit`."""

from pathlib import Path
from typing import Annotated

import typer


def kit(
    out: Annotated[Path, typer.Argument(help="The folder to write; it must be new or empty.")],
    wheels: Annotated[
        list[str] | None,
        typer.Option(
            help="Add all packages for linux, linux-arm, macos-arm or windows; may be repeated."
        ),
    ] = None,
    python: Annotated[
        list[str] | None,
        typer.Option(help="Packages for this Python only, as 3.12; may be repeated."),
    ] = None,
) -> None:
    """Write what students get: notebooks, the course without a grader, a lock file, start scripts.

    With --wheels it installs without a network, from a USB stick for example.
    """
    from autograder.kit.folder import PYTHONS, KitError, write_kit

    try:
        typer.echo(write_kit(out, wheels or (), python or PYTHONS))
    except (KitError, OSError) as error:
        typer.echo(f"autograder: {error}", err=True)
        raise typer.Exit(2) from error
