"""The command `autograder board`."""

from typing import Annotated

import typer


def board(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = 8770,
    address: Annotated[
        str, typer.Option(help="Of the interface to listen at; all of this machine if omitted.")
    ] = "",
) -> None:
    """Show live, on a page, how the class's instant checks go; Ctrl-C ends it.

    Nothing is kept. Students see in the notebook that it is on, and go by pseudonyms.
    """
    import asyncio

    from autograder import console
    from autograder.board.board_server import serve
    from autograder.own_address import own_address

    def say(taken: int, key: str) -> None:
        here = f"http://{address or own_address()}:{taken}"
        typer.echo(f"The board is at {here}/?key={key} (for you alone)")
        typer.echo(f"Notebooks report to {here}: see docs/school.md. Ctrl-C ends it.")

    try:
        asyncio.run(serve(address, port, say))
    except OSError as error:
        raise console.report_error(f"port {port} cannot be had: {error.strerror}") from error
