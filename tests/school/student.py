"""A student at the hub, in a browser."""

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser

TIMEOUT = 120_000
"""Milliseconds for a server or a kernel to be ready."""

ASK = """async ([method, path, content]) => {
    const token = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
    const answer = await fetch(path, {
        method,
        headers: {"X-XSRFToken": token ? token[1] : "", "Content-Type": "application/json"},
        body: content === null ? undefined : JSON.stringify(content),
    });
    return {status: answer.status, text: await answer.text()};
}"""
"""Send a request as the page in which this runs."""

RUN = """async ([channels, code]) => {
    const socket = new WebSocket(channels);
    await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = reject; });
    const number = crypto.randomUUID();
    const header = {msg_id: number, msg_type: "execute_request", username: "", session: "s"};
    const content = {code, silent: false, store_history: false, allow_stdin: false};
    let said = "";
    const ended = new Promise((resolve) => {
        socket.onmessage = ({data}) => {
            const {parent_header, msg_type, content: told} = JSON.parse(data);
            if (parent_header.msg_id !== number) return;
            if (msg_type === "stream") said += told.text;
            if (msg_type === "error") said += told.traceback.join("\\n");
            if (msg_type === "status" && told.execution_state === "idle") resolve();
        };
    });
    socket.send(JSON.stringify({
        header, parent_header: {}, metadata: {}, content, channel: "shell", buffers: [],
    }));
    await ended;
    socket.close();
    return said;
}"""
"""Run a cell in a kernel; return what it prints."""


@dataclass(frozen=True)
class Answer:
    """What a server has answered."""

    status: int
    text: str


class Student:
    """Somebody who logs in, opens JupyterLab and runs cells.

    Parameters
    ----------
    browser : Browser
    address : str
    name, password : str
    """

    def __init__(self, browser: Browser, address: str, name: str, password: str) -> None:
        self.address, self.name, self._password = address, name, password
        self._page = browser.new_context().new_page()
        self._page.set_default_timeout(TIMEOUT)

    def log_in(self) -> bool:
        """Log in and wait for JupyterLab; tell whether the hub took the password."""
        page = self._page
        page.goto(f"{self.address}/hub/login")
        page.fill("#username_input", self.name)
        page.fill("#password_input", self._password)
        page.click("#login_submit")
        page.wait_for_selector("#main.jp-LabShell, #jp-main-dock-panel, .login_error")
        return "/hub/login" not in page.url

    def ask(self, method: str, path: str, **content: Any) -> Answer:
        """Send a request to the student's own server."""
        asked = [method, f"/user/{self.name}/{path}", content or None]
        return Answer(**self._page.evaluate(ASK, asked))

    def run(self, code: str) -> str:
        """Run a cell in a kernel of its own; return what it prints."""
        started = self.ask("POST", "api/kernels", name="python3")
        assert started.status == 201, started
        kernel = json.loads(started.text)["id"]
        place = f"{self.address.replace('http', 'ws', 1)}/user/{self.name}"
        try:
            said = self._page.evaluate(RUN, [f"{place}/api/kernels/{kernel}/channels", code])
            return str(said)
        finally:
            self.ask("DELETE", f"api/kernels/{kernel}")
