"""Predictions as a reader makes them: on a page and in JupyterLab; by mouse, by touch, by keys."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from course.predictions.prediction import Prediction
from course.predictions.prediction_record import FILE, MIME
from course.predictions.questions import QUESTIONS
from tests.browser.explored import note_errors, serious, touch
from tests.browser.lab import SCREENSHOTS, LabServer, Show
from tests.waiting import MILLISECONDS, wait_until

NUMBER, CHOICE, CURVE = "purity_of_a_rare_signal", "a_lower_threshold", "equal_scores"
"""One of each kind; all of unit 05."""

SCREENS = {"wide": {"width": 924, "height": 700}, "phone": {"width": 390, "height": 700}}

ASK = 'from course.predictions import ask\nask("{}")'


class Asked:
    """A prediction that is shown."""

    def __init__(self, page: Page, root: Locator) -> None:
        self.page, self.root = page, root
        root.wait_for()

    @property
    def stage(self) -> str | None:
        """Where it stands: open, committed or skipped."""
        return self.root.get_attribute("data-stage")

    def expect_words(self, text: str) -> None:
        """Wait until it says `text`."""
        expect(self.root.get_by_role("status")).to_contain_text(text, timeout=MILLISECONDS)

    def button(self, name: str) -> Locator:
        """Return the button that shows `name`."""
        return self.root.locator("button", has_text=name)

    def slider(self, key: str) -> Locator:
        """Return a slider by its key."""
        return self.root.locator(f"[data-key='{key}']")

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where on the page the sheet has this share of its width and height, from below.

        The sheet keeps room for its axes: 62 pixels on the left, 14 on the right, 24 above and 44
        below.
        """
        box = self.root.locator("canvas").bounding_box()
        assert box
        across, down = box["width"] - 76, box["height"] - 68
        return box["x"] + 62 + x * across, box["y"] + 24 + (1 - y) * down


@pytest.fixture
def open_question(browser: Browser, tmp_path: pathlib.Path) -> Iterator[Callable[..., Asked]]:
    """Return ``open(name, **options) -> Asked``, on its page; an error there fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_one(name: str, **options: object) -> Asked:
        path = tmp_path / f"{name}.html"
        Prediction(QUESTIONS[name], tmp_path).to_html(path)
        context = browser.new_context(**({"viewport": SCREENS["wide"]} | options))
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        note_errors(page, errors)
        page.goto(path.as_uri())
        return Asked(page, page.locator(".descent-prediction"))

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []


# ---- by mouse --------------------------------------------------------------------------------


def test_a_number_by_mouse(open_question: Callable[..., Asked]) -> None:
    asked = open_question(NUMBER)
    asked.button("commit").click(force=True)  # though it says that it is disabled
    assert asked.stage == "open", "where the slider opens is no prediction"
    box = asked.slider("value").bounding_box()
    assert box
    asked.page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    asked.button("commit").click()
    asked.expect_words("; it is 0.273. Yours is ")
    asked.expect_words(" too high.")
    marks = asked.root.locator(".descent-mark")
    expect(marks).to_have_count(2)
    expect(marks.nth(0)).to_contain_text("yours = 0.9")
    expect(marks.nth(1)).to_contain_text("the answer = 0.273")
    expect(asked.slider("value")).to_be_disabled()
    expect(asked.button("commit")).to_be_hidden()


def test_a_choice_by_mouse(open_question: Callable[..., Asked]) -> None:
    asked = open_question(CHOICE)
    asked.root.get_by_text("TPR rises, FPR falls").click()
    asked.button("commit").click()
    asked.expect_words("You predicted “TPR rises, FPR falls”; it is “both rise”.")
    rows = asked.root.locator(".descent-choices label")
    expect(rows.filter(has_text="◆ yours")).to_contain_text("TPR rises, FPR falls")
    expect(rows.filter(has_text="✓ the answer")).to_contain_text("both rise")


def test_a_curve_by_mouse(open_question: Callable[..., Asked]) -> None:
    asked = open_question(CURVE)
    before = asked.root.locator("canvas").evaluate("(canvas) => canvas.toDataURL()")
    asked.page.mouse.move(*asked.at(0, 0))
    asked.page.mouse.down()
    asked.page.mouse.move(*asked.at(1, 0.9), steps=25)
    asked.page.mouse.up()
    asked.page.mouse.move(*asked.at(0.5, 0.1))  # let go: it stays
    drawn = asked.root.locator("canvas").evaluate("(canvas) => canvas.toDataURL()")
    assert drawn != before
    asked.button("commit").click()
    asked.expect_words("away from the answer, which is close.")
    asked.page.mouse.move(*asked.at(0, 1))
    asked.page.mouse.down()
    asked.page.mouse.move(*asked.at(1, 0), steps=5)
    asked.page.mouse.up()
    asked.expect_words("which is close.")  # committed: it stays


# ---- by touch --------------------------------------------------------------------------------

PHONE = {"viewport": SCREENS["phone"], "has_touch": True}


def test_a_number_by_touch(open_question: Callable[..., Asked]) -> None:
    asked = open_question(NUMBER, **PHONE)
    box = asked.slider("value").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    touch(asked.page, *((box["x"] + part * box["width"], middle) for part in (0.5, 0.4, 0.2)))
    asked.button("commit").tap()
    asked.expect_words("You predicted 0.")
    asked.expect_words("; it is 0.273.")


def test_a_choice_by_touch(open_question: Callable[..., Asked]) -> None:
    asked = open_question(CHOICE, **PHONE)
    asked.root.get_by_text("both rise").tap()
    asked.button("commit").tap()
    asked.expect_words("You predicted “both rise”, and so it is.")


def test_a_curve_by_touch(open_question: Callable[..., Asked]) -> None:
    """A finger that draws does not scroll the page.

    A tap that follows at once may be taken for the end of a flick, so the button is clicked.
    """
    asked = open_question(CURVE, **PHONE | {"viewport": {"width": 390, "height": 500}})
    touch(asked.page, *(asked.at(part, 1) for part in (0, 0.2, 0.4, 0.6, 0.8, 1)))
    assert asked.page.evaluate("scrollY") == 0
    asked.button("commit").click()
    asked.expect_words("farthest off at FPR = 0, too high")


# ---- by keys ---------------------------------------------------------------------------------


def test_a_number_by_keys(open_question: Callable[..., Asked]) -> None:
    asked = open_question(NUMBER)
    asked.slider("value").press("Home")
    asked.slider("value").press("ArrowRight")
    asked.slider("value").press("Enter")
    asked.expect_words("You predicted 0.02; it is 0.273. Yours is 0.253 too low.")
    expect(asked.root).to_be_focused()


def test_the_place_where_the_slider_opens_can_be_meant(open_question: Callable[..., Asked]) -> None:
    asked = open_question(NUMBER)
    asked.slider("value").press("ArrowRight")
    asked.slider("value").press("ArrowLeft")
    asked.slider("value").press("Enter")
    asked.expect_words("You predicted 0.5;")


def test_a_choice_by_keys(open_question: Callable[..., Asked]) -> None:
    asked = open_question(CHOICE)
    asked.root.focus()
    for key in ("Tab", "Space", "ArrowDown", "ArrowDown", "Enter"):
        asked.page.keyboard.press(key)
    asked.expect_words("You predicted “both rise”, and so it is.")


def test_a_curve_by_keys(open_question: Callable[..., Asked]) -> None:
    asked = open_question(CURVE)
    for place in range(11):
        asked.slider("place").press("Home")
        for _ in range(place):
            asked.slider("place").press("ArrowRight")
        asked.slider("height").press("Home")
        for _ in range(4 * place):
            asked.slider("height").press("ArrowRight")
    asked.slider("height").press("Enter")
    asked.expect_words("Your curve lies on the answer.")


@pytest.mark.parametrize("name", [NUMBER, CHOICE, CURVE])
def test_one_key_skips_and_it_can_be_made_after_all(
    open_question: Callable[..., Asked], name: str
) -> None:
    asked = open_question(name)
    asked.root.press("Escape")
    asked.expect_words("Skipped.")
    assert asked.stage == "skipped"
    asked.button("predict after all").click()
    assert asked.stage == "open"
    assert asked.root.locator("input").first.is_visible()


# ---- how it reads ----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", [NUMBER, CHOICE, CURVE])
def test_reads_well_before_and_after(
    open_question: Callable[..., Asked], name: str, screen: str, theme: str
) -> None:
    asked = open_question(name, color_scheme=theme, viewport=SCREENS[screen])
    assert serious(asked.page) == []
    asked.page.screenshot(path=SCREENSHOTS / f"prediction-{name}-{screen}-{theme}-open.png")
    if name == CURVE:
        asked.slider("height").press("End")
    else:
        asked.root.locator("input").first.press("Space" if name == CHOICE else "End")
    asked.root.press("Enter")
    assert asked.stage == "committed"
    assert serious(asked.page) == []
    width = SCREENS[screen]["width"]
    assert asked.page.evaluate("document.documentElement.scrollWidth") <= width
    asked.page.screenshot(path=SCREENSHOTS / f"prediction-{name}-{screen}-{theme}-committed.png")


@pytest.mark.parametrize("name", QUESTIONS)
def test_python_and_the_browser_say_the_same(
    open_question: Callable[..., Asked], name: str, tmp_path: pathlib.Path
) -> None:
    """The browser picks sentences; Python, which grading asks, picks the same ones."""
    asked = open_question(name)
    if asked.root.locator("canvas").count():
        asked.slider("place").press("ArrowRight")
        for key in ("ArrowRight", "ArrowRight", "End"):
            asked.slider("height").press(key)
    else:
        asked.root.locator("input").last.press("Space")
        asked.root.locator("input").last.press("End")
    asked.page.evaluate(
        "void (PredictionView.prototype.give = ((give) => function (given) {"
        " globalThis.given = given; give.call(this, given); })(PredictionView.prototype.give))"
    )
    asked.button("commit").click()
    value = asked.page.evaluate("given.value")
    words = Prediction(QUESTIONS[name], tmp_path / "x" / "..").question.compare(
        QUESTIONS[name].check(value)
    )
    assert asked.root.get_by_role("status").inner_text() == words


# ---- in JupyterLab ---------------------------------------------------------------------------


def test_in_jupyterlab_it_is_kept_and_saved(
    show: Show, lab_server: LabServer, tmp_path: pathlib.Path
) -> None:
    """Committed by keys: in the file, in the saved notebook, and there when the cell runs again."""
    kept = lab_server.work / FILE
    kept.unlink(missing_ok=True)
    lab = show(*(ASK.format(name) for name in (NUMBER, CHOICE, CURVE)))

    def asked(name: str) -> Asked:
        return Asked(lab.page, lab.page.locator(f".descent-prediction[data-name='{name}']"))

    number, choice, curve = (asked(name) for name in (NUMBER, CHOICE, CURVE))
    number.slider("value").press("Home")
    number.slider("value").press("Enter")
    number.expect_words("You predicted 0; it is 0.273.")
    choice.root.get_by_text("both fall").click()
    choice.button("commit").click()
    choice.expect_words("it is “both rise”")
    curve.root.scroll_into_view_if_needed()
    lab.page.mouse.move(*curve.at(0, 0))
    lab.page.mouse.down()
    lab.page.mouse.move(*curve.at(1, 0.9), steps=25)
    lab.page.mouse.up()
    curve.button("commit").click()
    curve.expect_words("which is close.")
    for theme in (False, True):
        lab.dark(theme)
        assert serious(lab.page, ".descent-prediction") == []
        lab.page.screenshot(
            path=SCREENSHOTS / f"predictions-lab-{'dark' if theme else 'light'}.png"
        )

    wait_until(
        lambda: kept.exists() and set(json.loads(kept.read_text())) == {NUMBER, CHOICE, CURVE}
    )
    file = lab_server.work / "shown.ipynb"

    def records() -> dict[str, object]:
        lab.command("docmanager:save")
        cells = json.loads(file.read_text())["cells"]
        data = [output.get("data", {}) for cell in cells for output in cell["outputs"]]
        found = {item[MIME]["name"]: item[MIME] for item in data if MIME in item}
        return found if len(found) == 3 else {}

    saved = wait_until(records)
    assert saved[NUMBER] == {"version": 1, "name": NUMBER, "value": 0}
    assert saved[CHOICE]["value"] == "both fall"
    assert lab.page.locator(".descent-predicted").first.is_hidden(), "said twice"

    exported = tmp_path / "page.html"
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", str(file), f"--output={exported}"],
        check=True,
        capture_output=True,
    )
    page = lab.page.context.new_page()
    page.goto(exported.as_uri())
    expect(page.get_by_text("Yours is 0.273 too low.")).to_be_visible()
    page.close()

    lab.run_cell(0)
    again = asked(NUMBER)
    assert again.stage == "committed"
    again.expect_words("You predicted 0; it is 0.273.")
    kept.unlink()


def test_in_jupyterlab_escape_skips(show: Show, lab_server: LabServer) -> None:
    (lab_server.work / FILE).unlink(missing_ok=True)
    lab = show(ASK.format(CHOICE))
    asked = Asked(lab.page, lab.page.locator(".descent-prediction"))
    asked.root.press("Escape")
    asked.expect_words("Skipped.")
    wait_until(lambda: (lab_server.work / FILE).exists())
    (lab_server.work / FILE).unlink()
