"""The server of the live board: takes reports of instant checks, shows them to who has the key."""

import asyncio
import secrets
import signal
from collections.abc import Callable
from importlib.resources import files

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from autograder.board.standings import Standings
from autograder.templates import render_page

MAX_BYTES = 2000
"""Of a report; one has two hundred."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'"


class _Handler(RequestHandler):
    def initialize(self, standings: Standings, key: str) -> None:
        self.standings, self.key = standings, key

    def set_default_headers(self) -> None:
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")

    def demand_key(self) -> None:
        """Let only who has the teacher's address look: students know the server, not the key."""
        given = self.get_query_argument("key", "").encode()
        if not secrets.compare_digest(given, self.key.encode()):
            raise HTTPError(403, reason="the address that autograder board printed has the key")


class _Report(_Handler):
    def post(self) -> None:
        self.set_status(204 if self.standings.take(self.request.body) else 400)


class _Data(_Handler):
    def get(self) -> None:
        self.demand_key()
        if self.get_query_argument("since", "") == str(self.standings.version):
            self.set_status(204)
            return
        self.write(self.standings.as_data())


class _Page(_Handler):
    def get(self) -> None:
        self.demand_key()
        self.write(render_page("board.html"))


class _Script(_Handler):
    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.write(files("autograder.board").joinpath("board.js").read_bytes())


def application(standings: Standings, key: str) -> Application:
    """Return the server's four addresses: `/report` for checks; page, script and data."""
    shared = {"standings": standings, "key": key}
    routes = ((r"/report", _Report), (r"/data", _Data), (r"/", _Page), (r"/board.js", _Script))
    return Application([(path, handler, shared) for path, handler in routes], log_function=_quiet)


def _quiet(handler: RequestHandler) -> None:
    """Log no request: nothing of who asked is kept."""


async def serve(address: str, port: int, on_start: Callable[[int, str], None]) -> None:
    """Serve the board until this process is asked to end.

    Parameters
    ----------
    address : str
        Of the interface to listen at; empty for all.
    port : int
        0 for any that is free.
    on_start : callable
        Called with the port and the key.

    Raises
    ------
    OSError
        If the port cannot be had.
    """
    key = secrets.token_urlsafe(9)
    sockets = bind_sockets(port, address or None)
    server = HTTPServer(application(Standings(), key), max_body_size=MAX_BYTES)
    server.add_sockets(sockets)
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    on_start(sockets[0].getsockname()[1], key)
    await ended.wait()
    server.stop()
