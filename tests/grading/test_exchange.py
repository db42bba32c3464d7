"""Feedback as it comes to a student through nbgrader's own exchange: whole, offline, on a phone."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import (
    ExchangeCollect,
    ExchangeFetchFeedback,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
    ExchangeSubmit,
)
from playwright.sync_api import Browser
from traitlets.config import Config

from autograder import nbgrader_bridge, paths
from autograder.authoring.release import release_notebook
from autograder.feedback.formulas import ATTRIBUTES, ELEMENTS, to_mathml
from autograder.feedback.pages import write_feedback
from autograder.grading.run import grade
from autograder.selftest.compose import compose, solutions
from autograder.selftest.temporary_classroom import classroom_at

UNIT = "01_linear_regression"
log = logging.getLogger("exchange")
FORMULA_OUTPUT = "from IPython.display import Math\nMath(r'\\frac{1}{2 m} \\sum_i x_i^2')"


class Exchange:
    """nbgrader's exchange, as a student and a teacher of one account use it."""

    def __init__(self, place: Path) -> None:
        self.root, self.home = place / "exchange", place / "home"
        self.home.mkdir()

    def run(self, kind: type, who: Config) -> None:
        who = Config(who)
        who.Exchange.root, who.Exchange.assignment_dir = str(self.root), str(self.home)
        who.Exchange.cache = str(self.home / ".cache")
        who.CourseDirectory.assignment_id = UNIT
        directory = CourseDirectory(config=who, log=log)
        kind(coursedir=directory, authenticator=Authenticator(config=who), config=who).start()

    def student(self, kind: type, name: str) -> None:
        who = Config()
        who.CourseDirectory.course_id, who.CourseDirectory.student_id = "descent", name
        self.run(kind, who)

    def teacher(self, kind: type) -> None:
        self.run(kind, nbgrader_bridge.config())


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The page that a student has fetched, and nothing else is near it."""
    place = tmp_path_factory.mktemp("school")
    with classroom_at(place / "classroom", "tests"):
        exchange = Exchange(place)
        exchange.teacher(ExchangeReleaseAssignment)
        answers = solutions(UNIT) | {"cost": "def cost(X, y, theta):\n    return 0.0"}
        notebook = compose(UNIT, answers | {"reflection": "The slope is $\\theta_1 < 500$."})
        notebook.cells.append(new_code_cell(FORMULA_OUTPUT))
        mine = exchange.home / UNIT / f"{UNIT}.ipynb"
        mine.parent.mkdir()
        nbformat.write(notebook, mine)
        exchange.student(ExchangeSubmit, "ada")
        exchange.teacher(ExchangeCollect)
        grade(UNIT)
        write_feedback([UNIT])
        exchange.teacher(ExchangeReleaseFeedback)
        exchange.student(ExchangeFetchFeedback, "ada")
        (page,) = (exchange.home / UNIT / "feedback").glob("*/*.html")
        yield page


def test_it_carries_points_and_hints_of_the_students_page(fetched: Path) -> None:
    text = fetched.read_text(encoding="utf-8")
    assert re.search(r"<strong>\d+ of 20 points", text)
    assert "Points and hints, exercise by exercise" in text
    assert text.count("✓ right</span>") > 5


def test_nothing_is_loaded_from_anywhere(fetched: Path, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(fetched.as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert page.locator("script").count() == 0
    page.close()


def test_formulas_are_drawn_where_they_stand(fetched: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(fetched.as_uri())
    drawn = page.locator("math")
    assert drawn.count() > 30
    sizes = drawn.evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert min(sizes) > 0
    assert page.locator("mfrac").first.evaluate("one => one.getBoundingClientRect().height") > 15
    assert page.locator(".output_latex math").count() == 1
    words = page.locator("body").inner_text()
    assert not re.search(r"\$[^$\n]{1,80}\$", words), "a formula has stayed as it was written"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_on_a_phone(fetched: Path, browser: Browser, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page.goto(fetched.as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('#points td, .rendered_html p')]"
        ".map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 14
    page.close()


@pytest.mark.parametrize("unit", paths.units())
def test_every_formula_of_the_course_is_converted(unit: str) -> None:
    for cell in release_notebook(unit).cells:
        if cell.cell_type == "markdown":
            for block, inline in re.findall(
                r"(?s)\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+?)\$", cell.source
            ):
                assert to_mathml(block or inline, bool(block)).startswith("<math"), block or inline


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(https://elsewhere.invalid)}{x}",
        r'\text{" onmouseover="alert(1)}',
        r"\text{<script>alert(1)</script>}",
        r"\color{red;background:url(https://elsewhere.invalid)}x",
        r"\frac{1",
        "x" * 100_000,
        "{" * 2_000,
    ],
)
def test_a_students_formula_does_nothing_else(tex: str) -> None:
    shown = to_mathml(tex, display=False)
    assert shown.startswith(("<math", "<code>"))
    for element in BeautifulSoup(shown, "html.parser").find_all(True):
        assert element.name in ELEMENTS | {"code"}
        assert element.attrs.keys() <= ATTRIBUTES | {"alttext"}
