"""A student at the hub as a program: what a browser would send, without the browser."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

PATIENCE = 300.0
"""Seconds within which a server starts, a cell ends, or the school answers again."""
AGAIN = 1.0
"""Seconds before something is tried again."""
TIMEOUT = 60.0
"""Seconds that one request may take."""


@dataclass(frozen=True)
class Answer:
    """What a server has answered: where the redirects ended, the status, the content."""

    url: str
    status: int
    text: bytes


class Student:
    """Somebody who logs in, works on a notebook, and hands it in.

    Parameters
    ----------
    address : str
    name, password : str
    """

    def __init__(self, address: str, name: str, password: str) -> None:
        self.address, self.name, self._password = address, name, password
        self._cookies = CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self._cookies)
        self._opener = urllib.request.build_opener(cookies)

    def log_in(self) -> bool:
        """Log in, and come to the hub's page; tell whether the hub took the password."""
        self._cookies.clear()
        self._ask("GET", "/hub/login")
        form = {"username": self.name, "password": self._password, "_xsrf": self._token("/hub/")}
        answer = self._ask("POST", "/hub/login?next=%2Fhub%2Fhome", form=form)
        return answer.status == 200 and answer.url.endswith("/hub/home")

    def start_server(self) -> None:
        """Start the student's own server and wait until JupyterLab is there."""
        self._ask("POST", f"/hub/api/users/{self.name}/server", content={})
        lab = f"/user/{self.name}/lab"

        def is_there() -> bool:
            answer = self._ask("GET", lab)
            return answer.status == 200 and lab in answer.url

        until(is_there)

    def save(self, path: str, notebook: dict[str, Any]) -> bool:
        """Save a notebook as JupyterLab does; tell whether the server said that it is saved."""
        content = {"type": "notebook", "format": "json", "content": notebook}
        return self.ask("PUT", f"api/contents/{path}", content).status == 200

    def hand_in(self, unit: str, course: str) -> bool:
        """Press Submit in nbgrader's Assignment List; tell whether it was handed in."""
        chosen = {"assignment_id": unit, "course_id": course}
        answer = self.ask("POST", "assignments/submit", chosen)
        if answer.status != 200:
            return False
        said = json.loads(answer.text)
        return bool(said.get("success", True)) and "value" in said

    def run(self, code: str) -> str:
        """Run a cell in a new kernel, which stays; return what it prints."""
        started = self.ask("POST", "api/kernels", {"name": "python3"})
        assert started.status == 201, started
        kernel = json.loads(started.text)["id"]
        place = f"{self.address}/user/{self.name}/api/kernels/{kernel}/channels"
        return asyncio.run(asyncio.wait_for(self._execute(place, code), PATIENCE))

    def ask(self, method: str, path: str, content: object = None) -> Answer:
        """Send a request to the student's own server."""
        return self._ask(method, f"/user/{self.name}/{path}", content)

    async def _execute(self, place: str, code: str) -> str:
        # The jar gives the cookies of a request to a page of this address.
        bare = urllib.request.Request(place)
        self._cookies.add_cookie_header(bare)
        headers = {"Cookie": bare.get_header("Cookie") or ""}
        socket = place.replace("http", "ws", 1)
        line = await websocket_connect(
            HTTPRequest(socket, headers=headers, request_timeout=TIMEOUT)
        )
        number, said = uuid.uuid4().hex, ""
        header = {"msg_id": number, "msg_type": "execute_request", "username": "", "session": "s"}
        content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        await line.write_message(json.dumps({**message, "channel": "shell", "buffers": []}))
        while (received := await line.read_message()) is not None:
            told = json.loads(received)
            if told["parent_header"].get("msg_id") != number:
                continue
            if told["msg_type"] == "stream":
                said += told["content"]["text"]
            if told["msg_type"] == "status" and told["content"]["execution_state"] == "idle":
                break
        line.close()
        return said

    def _ask(
        self, method: str, path: str, content: object = None, form: dict[str, str] | None = None
    ) -> Answer:
        headers = {"X-XSRFToken": self._token(path)}
        data = None if form is None else urllib.parse.urlencode(form).encode()
        if content is not None:
            data, headers["Content-Type"] = json.dumps(content).encode(), "application/json"
        request = urllib.request.Request(f"{self.address}{path}", data, headers, method=method)
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                return Answer(answer.url, answer.status, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.url, error.code, error.read())
        except (OSError, HTTPException) as error:  # nobody is there
            return Answer(request.full_url, 0, str(error).encode())

    def _token(self, path: str) -> str:
        """Return the token that proves a request to come from a page of this server's."""
        fitting = [c for c in self._cookies if c.name == "_xsrf" and path.startswith(c.path)]
        return max(fitting, key=lambda cookie: len(cookie.path)).value or "" if fitting else ""


def until(condition: Callable[[], object], patience: float = PATIENCE) -> bool:
    """Try until something holds; tell whether it does in the end."""
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(AGAIN)
    return True
