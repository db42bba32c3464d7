"""An explorable as it is shown, in JupyterLab or on a page of its own: moved, waited for, read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, TimeoutError

from tests.waiting import MILLISECONDS

OpenPage = Callable[..., "Explored"]
"""Opens the page of a class of explorables; see the fixture `open_page`."""

# Each moment shown changes the line that reads it out.
_MOMENTS = """
async (root) => {
    const [line, seen] = [root.querySelector('.descent-readout'), new Set()];
    const started = performance.now();
    while (performance.now() - started < 2000) {
        await new Promise(requestAnimationFrame);
        seen.add(line.textContent);
    }
    return 1000 * (seen.size - 1) / (performance.now() - started);
}
"""

_COUNT_REQUESTS = """
(root) => {
    root.requests = 0;
    new MutationObserver(() => { root.requests += root.dataset.pending === 'true'; })
        .observe(root, {attributeFilter: ['data-pending']});
}
"""

_PLACE = """
({panels}, [panel, x, y]) => {
    const {canvas, view} = panels[panel];
    const box = canvas.getBoundingClientRect();
    return [box.x + view.x(x), box.y + view.y(y)];
}
"""


_OTHERS = ("Could not send widget sync message", "Canceled future for ")
"""What ipywidgets and JupyterLab print by themselves when a kernel goes while they ask it."""


def note_errors(page: Page, errors: list[str]) -> None:
    """Append to `errors` whatever `page` prints as an error or raises, but for `_OTHERS`."""

    def note(text: str) -> None:
        if not any(other in text for other in _OTHERS):
            errors.append(text)

    def printed(message: ConsoleMessage) -> None:
        if message.type == "error":
            note(message.text)

    page.on("console", printed)
    page.on("pageerror", lambda error: note(str(error)))


def serious(page: Page, context: Any = None) -> list[str]:
    """Return what axe-core finds serious or critical, on the page or where `context` says."""
    found = Axe().run(page, context=context).response["violations"]
    return [
        f"{finding['id']}: {finding['nodes'][0]['html'][:200]}"
        for finding in found
        if finding["impact"] in ("serious", "critical")
    ]


def touch(page: Page, *places: tuple[float, float]) -> None:
    """Put a finger on the first place of a page, move it over the others, and lift it."""
    fingers = page.context.new_cdp_session(page)
    kinds = ["touchStart", *["touchMove"] * (len(places) - 1)]
    for kind, (x, y) in zip(kinds, places, strict=True):
        given = {"type": kind, "touchPoints": [{"x": x, "y": y}]}
        fingers.send("Input.dispatchTouchEvent", given)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


class Explored:
    """A shown explorable.

    Parameters
    ----------
    page
    root
        The element that holds it.
    """

    def __init__(self, page: Page, root: Locator) -> None:
        self.page, self.root = page, root
        page.set_default_timeout(MILLISECONDS)
        self.wait("Number(root.dataset.revision) > 0")

    def wait(self, condition: str) -> None:
        """Wait until `condition`, JavaScript about `root`, holds."""
        self.page.wait_for_function(
            f"(root) => {condition}", arg=self.root.element_handle(), timeout=MILLISECONDS
        )

    def wait_settled(self) -> None:
        """Wait until no request to the kernel is pending and what is shown is exact."""
        self.wait("root.dataset.pending === 'false' && root.dataset.exact === 'true'")

    def wait_swept(self, sweeps: int) -> None:
        """Wait until the sweeps round the present state are here."""
        self.wait(f"Number(root.dataset.sweeps) >= {sweeps} && root.dataset.pending === 'false'")

    def wait_says(self, text: str | re.Pattern[str]) -> None:
        """Wait until the line that says what is seen holds `text`, or matches it."""
        line = self.root.locator(".descent-summary", has_text=text)
        try:
            line.wait_for(timeout=MILLISECONDS)
        except TimeoutError as late:
            raise AssertionError(f"waited for {text!r}; it says: {self.summary}") from late

    def wait_past(self, time: str, number: int) -> None:
        """Wait until the line that reads out the present moment is past, say, epoch 1000."""
        self.wait(
            f"Number(/{time} ([0-9,]+)/.exec(root.querySelector('.descent-readout').textContent)[1]"
            f".replace(',', '')) > {number}"
        )

    @contextmanager
    def without_requests(self) -> Iterator[None]:
        """Fail if a request goes to the kernel meanwhile."""
        self.root.evaluate(_COUNT_REQUESTS)
        yield
        assert self.root.evaluate("(root) => root.requests") == 0

    @property
    def revision(self) -> int:
        """How often it was drawn."""
        return int(self.root.get_attribute("data-revision") or 0)

    @property
    def is_exact(self) -> bool:
        """Whether the frame on screen is that of the very state the controls are in."""
        return self.root.get_attribute("data-exact") == "true"

    @property
    def summary(self) -> str:
        """The line that says what is seen."""
        return self.root.locator(".descent-summary").inner_text()

    @property
    def readout(self) -> str:
        """The line that reads out the present moment."""
        return self.root.locator(".descent-readout").inner_text()

    def of_view(self, script: str, given: object = None) -> Any:
        """Return what `script` does, a JavaScript function of the browser's view and `given`."""
        find = "[...descentExplorables].find((view) => view.root === root)"
        return self.root.evaluate(f"(root, given) => ({script})({find}, given)", given)

    def canvas(self, panel: int = 0) -> Locator:
        """Return the canvas of one panel."""
        return self.root.locator("canvas").nth(panel)

    def control(self, key: str) -> Locator:
        """Return the input of one control."""
        return self.root.locator(f"[data-key='{key}']")

    def button(self, name: str) -> Locator:
        """Return the button of that name; a preset's begins with ``preset: ``."""
        return self.root.get_by_role("button", name=name, exact=True)

    def press(self, key: str, *keys: str) -> None:
        """Press keyboard `keys` on a control, each waiting for the picture drawn after it."""
        for stroke in keys:
            before = self.revision
            self.control(key).press(stroke)
            self.wait(f"Number(root.dataset.revision) > {before}")

    def show_end(self) -> None:
        """Show the whole run: move time to its end."""
        self.root.locator(".descent-time input").press("End")
        self.wait("Number(root.dataset.revision) > 0")

    def place(self, x: float, y: float, panel: int = 0) -> tuple[float, float]:
        """Return where on the page a panel has this point of its axes."""
        left, top = self.of_view(_PLACE, [panel, x, y])
        return left, top

    def drag(self, start: tuple[float, float], *on: tuple[float, float]) -> None:
        """Press the mouse at a place of the page, move it through the others, and let go."""
        self.page.mouse.move(*start)
        self.page.mouse.down()
        for place in on:
            self.page.mouse.move(*place, steps=12)
        self.page.mouse.up()

    def reading(self, panel: int = 0) -> str:
        """Return what is read off a panel now, in words; empty if nothing is."""
        note = self.root.locator(".descent-panel").nth(panel).locator(".descent-reading")
        return note.inner_text() if note.is_visible() else ""

    def heard(self, panel: int = 0) -> str:
        """Return what a screen reader is told of a panel that is read by keys."""
        line = self.root.locator(".descent-panel").nth(panel).locator(".descent-read-aloud")
        return line.text_content() or ""

    def pixels(self, panel: int = 0) -> str:
        """Return a panel's canvas as a data address, to compare."""
        return self.canvas(panel).evaluate("(canvas) => canvas.toDataURL()")

    def pictures(self) -> list[str]:
        """Return all panels' canvases as data addresses, to compare."""
        return [self.pixels(panel) for panel in range(self.root.locator("canvas").count())]

    def moved(self, before: list[str]) -> list[int]:
        """Return the panels that show another picture than `before`."""
        now = self.pictures()
        return [panel for panel, old in enumerate(before) if now[panel] != old]

    def pictures_a_second(self) -> float:
        """Return how many moments a second are shown while it plays, over two seconds."""
        return self.root.evaluate(_MOMENTS)
