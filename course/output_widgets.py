"""Notebooks with output widgets that run where nobody looks: in Validate, nbgrader and the build.

`ipywidgets.interact` puts what a function prints into an output widget. nbclient plays the browser
and tells the kernel of each such output, on the socket on which it waits for the end of the cell.
Now and then asyncio then misses that end, though it has arrived, and the cell waits for its whole
timeout (nbclient's issue 312; about one cell in ten).
"""

from nbclient.output_widget import OutputWidget


def leave_unanswered() -> None:
    """Let nbclient tell no kernel of this process's what an output widget shows."""
    OutputWidget.sync_state = _send_nothing  # type: ignore[assignment, method-assign]


def _send_nothing(widget: OutputWidget) -> None:
    """Leave the kernel's copy of the widget as it is: nobody sees it."""
