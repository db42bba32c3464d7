"""An extension of the Jupyter server: prompt messages, small saved pictures, Validate to its end.

Nagle's algorithm holds a small packet back until the one before it is acknowledged, and a browser
that sends nothing acknowledges only every 40 ms. A kernel reports that it is busy before it answers
a widget, so every answer would come 40 ms late, although it takes 1 ms to compute.
"""

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from course.output_widgets import leave_unanswered
from course.saved_figures import shrink_pictures

SETTING = "kernel_websocket_connection_class"


class PromptConnection(ZMQChannelsWebsocketConnection):
    """The connection between a browser and a kernel, without Nagle's algorithm."""

    async def connect(self) -> None:  # type: ignore[override]  # Jupyter awaits it
        """Connect, and send every packet at once."""
        self.websocket_handler.set_nodelay(True)
        connected = super().connect()
        if connected is not None:  # the kernel could be reached
            await connected


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "course.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Use `PromptConnection`, unless another is configured; Validate runs in this process."""
    leave_unanswered()
    settings = server.web_app.settings
    if settings[SETTING] is ZMQChannelsWebsocketConnection:
        settings[SETTING] = PromptConnection


async def _start_jupyter_server_extension(server: Any) -> None:
    """Shrink saved pictures; jupytext, which loads later, has put its contents manager by now."""
    server.contents_manager.register_pre_save_hook(shrink_pictures)
