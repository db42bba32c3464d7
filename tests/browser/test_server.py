"""The extension of the Jupyter server, in a real server with a real kernel."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.waiting import TIMEOUT

PROGRAM = """
import json, socket, sys
from jupyter_server.serverapp import ServerApp
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

class Server(ServerApp):
    async def look(self):
        kernel = await self.kernel_manager.start_kernel()
        url = f"{self.connection_url.replace('http', 'ws', 1)}api/kernels/{kernel}/channels"
        line = await websocket_connect(HTTPRequest(f"{url}?session_id=1&token=descent"))
        while json.loads(await line.read_message())["msg_type"] != "status":
            pass
        kind = self.web_app.settings["kernel_websocket_connection_class"]
        [connection] = kind._open_sockets
        stream = connection.websocket_handler.ws_connection.stream
        option = stream.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        print(json.dumps([kind.__module__, bool(option)]))
        line.close()
        await self.kernel_manager.shutdown_kernel(kernel, now=True)
        self.stop()

server = Server()
server.initialize(sys.argv[1:])
server.io_loop.call_later(0, server.look)
server.start()
"""


PLACES = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")


def answered(folder: Path, *options: str) -> list:
    """Start a server, connect to a kernel; return by what, and whether nothing is held back."""
    environment = os.environ | {name: str(folder / name.lower()) for name in PLACES}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--port=0", "--no-browser", "--allow-root",
         "--IdentityProvider.token=descent", *options],
        env=environment, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_what_a_kernel_says_is_passed_on_at_once(tmp_path):
    assert answered(tmp_path) == ["course.server", True]


def test_a_connection_of_the_schools_own_stays(tmp_path):
    (tmp_path / "own.py").write_text(
        "from jupyter_server.services.kernels.connection.channels import "
        "ZMQChannelsWebsocketConnection\n\n"
        "class Own(ZMQChannelsWebsocketConnection):\n    pass\n"
    )
    option = "--ServerApp.kernel_websocket_connection_class=own.Own"
    assert answered(tmp_path, option) == ["own", False]
