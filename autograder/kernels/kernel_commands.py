"""The commands `autograder kernels …`."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Preloaded kernels for students.")


@app.command("install")
def install_kernels(
    prefix: Annotated[
        Path | None, typer.Option(help="Where to install; this environment if omitted.")
    ] = None,
    socket: Annotated[
        str, typer.Option(help="The socket of `autograder kernels serve` on a shared server.")
    ] = "",
) -> None:
    """Install kernelspecs whose kernels are forked from a process with all imports done."""
    from autograder.kernels.install import install

    for folder in install(prefix, socket):
        typer.echo(folder)


@app.command("serve")
def serve_kernels(
    socket: Annotated[Path, typer.Argument(help="Path of the socket to listen on.")],
) -> None:
    """Fork kernels for all users of this machine, which then share memory; run as root."""
    from autograder.kernels.install import run_kernel_server

    run_kernel_server(socket)
