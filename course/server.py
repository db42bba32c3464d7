"""An extension of the Jupyter server: what a kernel says is passed on at once.

TCP holds a small packet back until the one before it is acknowledged, and a browser that has
nothing to say acknowledges only every 40 ms. A kernel says that it is busy before it answers a
widget, so every answer comes 40 ms late, though it is computed in one.
"""

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

SETTING = "kernel_websocket_connection_class"


class PromptConnection(ZMQChannelsWebsocketConnection):
    """What carries messages between a browser and a kernel, without Nagle's algorithm."""

    async def connect(self) -> None:
        """Connect, and let every packet leave as soon as it is there."""
        self.websocket_handler.set_nodelay(True)
        await super().connect()


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "course.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Use it, unless the school has configured another kind of connection."""
    settings = server.web_app.settings
    if settings[SETTING] is ZMQChannelsWebsocketConnection:
        settings[SETTING] = PromptConnection
