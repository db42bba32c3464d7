"""The explorables in a real JupyterLab: by keyboard, with a student's function, from links."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from course.explore import Batches, Descent
from tests.browser.explored import Explored, serious
from tests.browser.lab import SCREENSHOTS, Show
from tests.waiting import MILLISECONDS

WALK = '''
from dataclasses import dataclass
import numpy as np
from course.explore.base.controls import Slider, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Field, Panel, Path

@dataclass(frozen=True)
class State:
    step: float = 0.1

class Walk(Explorable):
    """Walks on for ever; its frames are asked for one by one."""

    name, title, about, state_class, streams = "walk", "Walk", "A walk.", State, True
    timeline = Timeline("tick", 10, 0.2)

    def make_controls(self):
        return (Slider(key="step", name="step size", low=0.1, high=1, steps=10, swept=False),)

    def make_panels(self):
        square = Axis("column", 0, 4), Axis("row", 0, 4)
        return (
            Panel("Walk", Axis("t", 0, 10), Axis("x", -5, 100), [Path("t", "x")]),
            Panel("Spins", *square, [Field("spins", smooth=False)]),
        )

    def compute(self, state):
        x = np.arange(11.0) * state.step
        return self.seen(x)

    def next_frame(self, state, frame):
        x = frame.arrays["x"][-1] + np.arange(11.0) * state.step
        return self.seen(x)

    def seen(self, x):
        spins = np.zeros((11, 4, 4), dtype=np.uint8)
        spins[5:, 0, 0] = 1
        arrays = {"t": np.arange(11.0), "x": x, "spins": spins}
        return Frame(arrays, f"from {x[0]:.0f} to {x[-1]:.0f}")

Walk()
'''


def values_of(explored: Explored, name: str) -> np.ndarray:
    """Return an array of the frame on screen, as the browser decoded it."""
    got = explored.of_view(
        """(view, name) => {
            const orNull = (x) => (Number.isFinite(x) ? x : null);
            return Array.from(view.frame.arrays[name].values, orNull);
        }""",
        name,
    )
    return np.array(got, dtype=float)


def test_descent_and_batches_answer_to_keys(show: Show) -> None:
    lab = show("from course.explore import Batches, Descent\nDescent()", "Batches()")
    for name, sweeps, key in (("descent", 5, "learning_rate"), ("batches", 3, "batch_size")):
        explored = lab.explorable(name)
        explored.wait_swept(sweeps)
        before, reported = explored.pixels(), explored.summary
        explored.press(key, "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
        assert explored.pixels() != before
        assert explored.summary != reported
        assert explored.is_exact
        explored.wait_swept(sweeps)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_looks_right_in_both_themes(show: Show, theme: str) -> None:
    lab = show("from course.explore import Batches, Descent\nDescent()", "Batches()")
    lab.dark(theme == "dark")
    for name in ("descent", "batches"):
        explored = lab.explorable(name)
        explored.wait(f"root.dataset.theme === '{theme}'")
        explored.root.screenshot(path=SCREENSHOTS / f"{name}-lab-{theme}.png")
    lab.page.screenshot(path=SCREENSHOTS / f"lab-{theme}.png")
    assert serious(lab.page, ".descent-explorable") == []


def test_the_browser_shows_what_python_computes(show: Show) -> None:
    lab = show(
        "from course.explore import Descent\nshown = Descent()\nshown", "shown.to_permalink()"
    )
    explored = lab.explorable("descent")
    explored.wait_swept(5)
    explored.press("momentum", "End")
    explored.wait_swept(5)
    explored.press("theta0", "Home")
    explored.press("learning_rate", *["ArrowRight"] * 3)
    explored.control("features").select_option("standardised")
    explored.wait_swept(5)
    lab.run_cell(1)
    permalink = lab.page.locator(".jp-OutputArea-output").last.inner_text().strip("'\n ")
    there = Descent.from_permalink(permalink)
    assert there.state.momentum == 0.95
    assert there.state.features == "standardised"
    frame = there.frame()
    for name in ("path0", "path1", "costs", "line_y", "field"):
        np.testing.assert_array_equal(values_of(explored, name), frame.arrays[name].ravel())
    assert explored.summary == frame.summary


def test_a_students_wrong_sign_is_seen_to_climb(show: Show) -> None:
    lab = show(
        "from course.explore import Descent",
        "def gradient(X, y, theta):\n    return -X.T @ (X @ theta - y) / len(y)",
        "Descent(gradient=gradient, learning_rate=0.1)",
    )
    explored = lab.explorable("descent")
    explored.wait_swept(5)
    explored.show_end()
    assert "the path climbs" in explored.summary
    costs = values_of(explored, "costs")
    assert (np.diff(costs[np.isfinite(costs)]) > 0).all()
    explored.press("learning_rate", "ArrowRight")


def test_a_students_crash_is_reported_and_the_sliders_live_on(show: Show) -> None:
    lab = show(
        "from course.explore import Descent",
        "def gradient(X, y, theta):\n    return theta / 0 if theta[0] > 0 else undefined",
        "Descent(gradient=gradient)",
    )
    explored = lab.explorable("descent")
    assert "Your gradient raises NameError" in explored.summary
    explored.press("theta0", "End")
    explored.wait_settled()
    assert "expected finite numbers" in explored.summary


def test_links_and_cells_set_the_sliders(show: Show) -> None:
    lab = show(
        "%md Try [a small step](#descent?learning_rate=0.02), or "
        "<a href='#descent?preset=diverges'>a large one</a>.",
        "from course.explore import Descent\nshown = Descent()\nshown",
        "shown.set(learning_rate=0.45)",
    )
    explored = lab.explorable("descent")
    explored.wait_settled()
    assert "α = 0.45 " in explored.summary
    explored.wait_swept(5)
    lab.page.get_by_role("link", name="a small step").click()
    explored.wait_settled()
    assert "α = 0.02 " in explored.summary
    lab.page.get_by_role("link", name="a large one").click()
    explored.wait_settled()
    assert "every step overshoots" in explored.summary


def test_links_mean_what_was_just_shown(show: Show) -> None:
    """Of two of one name: the one above in the link's section, else the next, else the last."""
    lab = show(
        "%md # Unit\n\n[ahead](#batches?batch_size=8)",
        "%md ## One",
        "from course.explore import Batches\nBatches()",
        "%md [just shown](#batches?batch_size=2)\n\n### Exercise\n\n"
        "[still here](#batches?batch_size=3)",
        "%md ## Two\n\n[before the second](#batches?batch_size=4)",
        "Batches()",
        "%md ## Three\n\n[behind](#batches?batch_size=6)",
    )
    views = [lab.explorable("batches", which) for which in (0, 1)]

    def sizes() -> list[str]:
        return [view.control("batch_size").get_attribute("aria-valuetext") for view in views]

    seen = [sizes()]
    for name in ("ahead", "just shown", "still here", "before the second", "behind"):
        link = lab.page.get_by_role("link", name=name, exact=True)
        link.scroll_into_view_if_needed()
        link.click()
        for view in views:
            view.wait_settled()
        seen.append(sizes())
    assert seen == [
        ["1", "1"], ["8", "1"], ["2", "1"], ["3", "1"], ["3", "4"], ["3", "6"],
    ]  # fmt: skip


def test_a_link_brings_into_sight_what_it_moves(show: Show) -> None:
    lab = show(
        "from course.explore import Descent\nDescent()",
        "%md ## Later\n\n" + "A long way down.\n\n" * 60 + "[far above](#descent?preset=diverges)",
    )
    explored = lab.explorable("descent")
    link = lab.page.get_by_role("link", name="far above")
    link.scroll_into_view_if_needed()
    expect(explored.root).not_to_be_in_viewport(timeout=MILLISECONDS)
    link.click()
    expect(explored.root).to_be_in_viewport(timeout=MILLISECONDS)
    explored.wait_settled()
    assert "every step overshoots" in explored.summary


def test_the_start_can_be_dragged_with_the_kernel_answering(show: Show) -> None:
    lab = show("from course.explore import Descent\nDescent(theta0=0, theta1=0)")
    explored = lab.explorable("descent")
    explored.wait_swept(5)
    x, y = explored.place(0, 0)
    explored.drag((x, y), (x + 60, y - 40))
    explored.wait_swept(5)
    explored.wait_settled()
    start = [values_of(explored, name)[0] for name in ("path0", "path1")]
    assert start[0] > 100
    assert start[1] > 100


def test_frames_by_request_and_streams(show: Show) -> None:
    lab = show(WALK)
    explored = lab.explorable("walk")
    explored.wait_settled()
    explored.press("step", "End")
    explored.wait_settled()
    assert explored.summary == "from 0 to 10"
    explored.button("play").click()
    explored.wait_says(re.compile("from ([3-9]|[1-9][0-9]+)0 to"))  # it walks on, seen or not
    explored.button("pause").click()


def test_a_lattice_of_squares_follows_time(show: Show) -> None:
    explored = show(WALK).explorable("walk")
    explored.show_end()
    colours = []
    for now in (4, 5):
        explored.press("tick", "Home", *["ArrowRight"] * now)
        colours.append(
            explored.of_view(
                """(view) => {
                    const {canvas, view: {box}} = view.panels[1];
                    const near = [box.left + 10, box.bottom - 10, 1, 1];
                    const far = [box.right - 10, box.bottom - 10, 1, 1];
                    const g = canvas.getContext('2d');
                    return [near, far].map((at) => [...g.getImageData(...at).data].join());
                }"""
            )
        )
    low, high = "0,34,78,255", "254,232,56,255"
    assert colours == [[low, low], [high, low]]


def test_two_views_of_one_explorable_move_together(show: Show) -> None:
    lab = show("from course.explore import Batches\nb = Batches()\nb", "b")
    first, second = (lab.explorable("batches", which) for which in (0, 1))
    first.press("batch_size", "End")
    second.wait("root.querySelector('[data-key=batch_size]').value === '7'")
    second.wait_settled()
    assert second.summary == first.summary == Batches(batch_size=24).frame().summary
