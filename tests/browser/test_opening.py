"""How an explorable opens, plays and goes back, and how it shows what is off the panel."""

from __future__ import annotations

import re

import pytest

from course import explore
from course.explore import (
    Batches,
    Bumps,
    Classifiers,
    Descent,
    Graph,
    Hopfield,
    LatentPlane,
    LearningRates,
    OptimiserRace,
    Perceptron,
    Rotate,
    TrainLive,
)
from course.explore.base.explorable import Explorable
from tests.browser.explored import Explored, OpenPage
from tests.browser.lab import Show

EXPLORABLES = [getattr(explore, name) for name in explore.__all__]
TIMED = [
    kind
    for kind in EXPLORABLES
    if (timeline := kind().timeline) is not None and not timeline.drives
]
EVERY_TIMED = pytest.mark.parametrize("kind", TIMED, ids=lambda kind: kind.name)
NARROW = {"viewport": {"width": 414, "height": 700}}
"""An explorable on its page is 390 pixels wide then."""

_TOPS = """
(view) => {
    const tops = () => [...view.root.querySelectorAll('button, canvas, .descent-readout')]
        .map((part) => part.getBoundingClientRect().top).join();
    const seen = new Set([tops()]);
    view.playback.showPlaying(true);
    for (let i = 0; i <= 8; i++) {
        view.playback.scrub(Math.round(i * view.playback.length / 8));
        seen.add(tops());
    }
    return seen.size;
}
"""
_AT_THE_TOP = """
({panels: [_, __, {canvas, view: {box, colours}}]}) => {
    const strip = [box.left, box.top, box.right - box.left, 16];
    const {data} = canvas.getContext('2d').getImageData(...strip);
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(colours.path.slice(i, i + 2), 16));
    return data.filter((v, i) => i % 4 === 0 && v === r && data[i + 1] === g && data[i + 2] === b)
        .length;
}
"""
_COLOURS = """
({panels}, panel) => {
    const {canvas, view} = panels[panel];
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const count = {};
    for (let i = 0; i < data.length; i += 4) {
        const hex = [0, 1, 2].map((k) => data[i + k].toString(16).padStart(2, '0')).join('');
        count['#' + hex.toUpperCase()] = (count['#' + hex.toUpperCase()] ?? 0) + 1;
    }
    const roles = Object.entries(view.colours);
    return Object.fromEntries(roles.map(([role, hex]) => [role, count[hex.toUpperCase()] ?? 0]));
}
"""


def colours(explored: Explored, panel: int) -> dict[str, int]:
    """Return how many pixels of a panel have the colour of each role."""
    return explored.of_view(_COLOURS, panel)


@EVERY_TIMED
def test_it_opens_at_the_start_and_reset_goes_back(
    open_page: OpenPage, kind: type[Explorable]
) -> None:
    explored, frame = open_page(kind), kind().frame()
    opened = explored.pictures()
    assert explored.summary == frame.opening
    explored.show_end()
    assert explored.summary == frame.summary
    seen = explored.pictures()
    assert seen != opened
    explored.button("one " + kind().timeline.name + " on").click(force=True)
    assert explored.pictures() == seen, "a step after the end does not begin again"
    explored.button("reset").click()
    assert explored.pictures() == opened
    assert explored.summary == frame.opening


@EVERY_TIMED
def test_what_is_to_come_shows_once_it_has_been_seen(
    open_page: OpenPage, kind: type[Explorable]
) -> None:
    explored = open_page(kind)
    opened = explored.pictures()
    explored.root.press(".")
    explored.root.press(",")
    stepped = explored.moved(opened)
    explored.show_end()
    explored.press(kind().timeline.name, "Home")
    paths = [
        i
        for i, panel in enumerate(kind().make_panels())
        if any(type(layer).__name__ == "Path" for layer in panel.layers)
    ]
    assert set(paths) <= set(explored.moved(opened)), "what has been seen stays, faint"
    assert set(stepped) <= set(paths), "one step shows no more than itself"


@pytest.mark.parametrize("options", [{}, NARROW], ids=["wide", "narrow"])
@EVERY_TIMED
def test_play_moves_nothing_on_the_page(
    open_page: OpenPage, kind: type[Explorable], options: dict
) -> None:
    assert open_page(kind, **options).of_view(_TOPS) == 1


def test_a_first_move_shows_the_whole_run(open_page: OpenPage) -> None:
    explored = open_page(Descent)
    explored.press("learning_rate", "ArrowLeft")
    assert explored.root.get_by_text("step 60 of 60").is_visible()
    assert not explored.root.get_by_text("before").first.is_visible(), "nothing was seen before"


def test_a_run_that_has_begun_goes_on_where_it_is(open_page: OpenPage) -> None:
    explored = open_page(Perceptron)
    for _ in range(3):
        explored.root.press(".")
    explored.press("seed", "ArrowRight")
    assert explored.root.get_by_text("look 3 of 160").is_visible()
    explored.button("preset: XOR").click()
    assert explored.root.get_by_text("look 160 of 160").is_visible()


def test_a_page_reads_a_0_back_as_0(open_page: OpenPage) -> None:
    assert open_page(Perceptron).readout == "after 0 looks: 0 mistakes, w = (0, 0), b = 0"


def test_letters_have_names_on_a_page_too(open_page: OpenPage) -> None:
    explored = open_page(Hopfield)
    assert explored.root.get_by_text("letter = X", exact=True).is_visible()
    assert explored.control("shown").get_attribute("aria-valuetext") == "X"
    explored.press("shown", "Home")
    assert explored.root.get_by_text("letter = E", exact=True).is_visible()


@pytest.mark.parametrize("kind", [Descent, Hopfield], ids=lambda kind: kind.name)
def test_keys_in_the_help_are_whole(open_page: OpenPage, kind: type[Explorable]) -> None:
    explored = open_page(kind, **NARROW)
    explored.button("help and keys").click()
    lines = explored.root.locator("kbd").evaluate_all(
        "(all) => all.map((key) => key.getClientRects().length)"
    )
    assert len(lines) >= 6
    assert set(lines) == {1}


def test_what_has_left_the_panel_is_pointed_at(open_page: OpenPage) -> None:
    """A path that diverges ends in an arrow, and its line stays; so does a bar too high."""
    explored = open_page(Descent)
    explored.press("learning_rate", "End")
    assert "far outside the picture" in explored.summary
    assert explored.of_view(_AT_THE_TOP) > 30, "an arrow stands where J leaves its panel"
    assert colours(explored, 1)["model"] > 30, "the line, or an arrow to it"
    batches = open_page(Batches)
    batches.press("learning_rate", "End")
    assert "runs away" in batches.summary
    assert colours(batches, 2)["path"] > 1500, "the bar of the run that ran away is not 0"
    assert colours(batches, 2)["text"] > 20


def test_no_ghost_stands_on_another_ground(open_page: OpenPage) -> None:
    explored = open_page(Descent)
    explored.show_end()
    explored.control("features").select_option("standardised")
    legends = explored.root.locator(".descent-legend")
    assert [("before" in text) for text in legends.all_inner_texts()] == [False, True, True]
    for kind, key, other in ((Bumps, "curve", "wave"), (OptimiserRace, "landscape", "saddle"),
                             (Perceptron, "dataset", "OR"), (Rotate, "cloud", "bow")):  # fmt: skip
        explored = open_page(kind)
        if kind is not Bumps:
            explored.show_end()
        explored.control(key).select_option(other)
        texts = explored.root.locator(".descent-legend").all_inner_texts()
        assert not any("before" in text for text in texts), kind.name


def test_ghosts_of_several_are_told_apart(open_page: OpenPage) -> None:
    explored = open_page(OptimiserRace)
    explored.show_end()
    before = colours(explored, 1)
    explored.press("learning_rate", "ArrowLeft", "ArrowLeft")
    after = colours(explored, 1)
    assert after["ghost"] == before["ghost"] == 0
    assert "before" in explored.root.locator(".descent-legend").nth(1).inner_text()


def test_digits_are_written_in_ten_colours(open_page: OpenPage) -> None:
    found = colours(open_page(LatentPlane), 0)
    assert all(found[f"digit{digit}"] > 0 for digit in range(10))
    assert found["data"] == found["digit1"], "blue is one of them"


def test_what_comes_of_a_run_is_drawn_after_it(open_page: OpenPage) -> None:
    for kind, panel, role in (
        (Batches, 2, "path"),
        (LearningRates, 1, "validation"),
        (Classifiers, 2, "model"),
        (Graph, 1, "model"),
    ):
        explored = open_page(kind)
        opened = colours(explored, panel)[role]
        explored.show_end()
        assert colours(explored, panel)[role] > opened, kind.name


def test_a_page_s_presets_of_train_live_show_their_own_run(open_page: OpenPage) -> None:
    explored = open_page(TrainLive)
    shown = set()
    for preset, width in (("small", 32), ("wide", 512)):
        explored.button(f"preset: {preset}").click()
        assert f"1 layer of {width}, α = 0.001, no dropout: a recorded run" in explored.summary
        assert explored.control("width").get_attribute("aria-valuetext") == str(width)
        shown.add(explored.pixels())
    assert len(shown) == 2


def test_a_link_plays_once_and_play_goes_on(show: Show) -> None:
    lab = show("%md [three](#regions?depth=3&play=true)", "from course.explore import Regions",
               "Regions(width=3)")  # fmt: skip
    explored = lab.explorable("regions")
    explored.wait_settled()
    explored.of_view("(view) => { view.spec.timeline.seconds = 0.4; }")
    lab.page.get_by_role("link", name="three").click()
    explored.root.get_by_text("epoch 500 of 500", exact=True).wait_for()
    explored.button("play").wait_for()
    explored.wait_settled()
    assert "after 500 epochs" in explored.summary
    explored.button("play").click()
    explored.root.get_by_text(re.compile(r"epoch 1,\d+ of [12],[05]00")).wait_for()
    explored.button("pause").click()
    label = explored.root.locator(".descent-time label").inner_text()
    said = re.search(r"after epoch ([\d,]+)", explored.readout)
    assert said is not None
    told, slid = (text.replace(",", "") for text in (said[1], label))
    assert slid.startswith(f"epoch {told} of "), "slider and line tell the same epoch"
    explored.button("reset").click()
    assert explored.root.get_by_text("epoch 0 of 500", exact=True).is_visible()
    explored.wait_settled()
    explored.button("play").click()
    explored.wait_past("epoch", 510)
    explored.button("pause").click()
    text = explored.root.locator(".descent-time label").inner_text()
    assert text.endswith("of 1,000"), "the kernel has begun anew too"


def test_opening_of_a_machine_with_the_student_s_own_gradient(show: Show) -> None:
    stub = "def cd_gradient(v, W, a, b, k, rng):\n    raise NotImplementedError()\n"
    lab = show(f"from course.explore import RBM\n{stub}RBM(n_hidden=4, cd_gradient=cd_gradient)")
    explored = lab.explorable("rbm")
    explored.wait_settled()
    said = "cd_gradient is not written yet: the course's own is used here. "
    assert explored.summary.startswith(f"{said}The weights are small")
    explored.show_end()
    assert explored.summary.startswith(f"{said}4 hidden units")
