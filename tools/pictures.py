"""Draw the README's picture of each unit: one of its explorables, on its own page in Chromium.

Run as ``make pictures`` after a change of an explorable; the README's table is written as well.
"""

import html
import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

from autograder import paths
from course import explore
from course.explore.base.explorable import Explorable
from tests.browser.explored import Explored
from tests.browser.lab import chromium

FOLDER = paths.ROOT / "docs" / "pictures"
README = paths.ROOT / "README.md"
BETWEEN = re.compile(r"(<!-- pictures -->\n).*?(<!-- end of pictures -->)", re.DOTALL)
ACROSS = 2
SIZE: ViewportSize = {"width": 924, "height": 700}
SCALE = 0.75
"""The README shows two side by side; more pixels would only make them larger."""
MOST_BYTES = 100_000

SHOWN: dict[str, tuple[str, dict[str, object]]] = {
    "01_linear_regression": ("Batches", {}),
    "02_perceptron": ("Regions", {}),
    "03_backpropagation": ("OptimiserRace", {}),
    "06_memory": ("RBM", {}),
}
"""Explorable and state of a unit's picture, if not its first explorable in its initial state."""


def explorables(unit: str) -> list[str]:
    """Return the names of the explorables that a unit imports, in the order of its text."""
    text = (paths.SOURCE / f"{unit}.py").read_text(encoding="utf-8")
    lines = re.findall(r"^from course\.explore import (.+)$", text, re.MULTILINE)
    return [name.strip() for line in lines for name in line.split(",")]


def made(unit: str) -> Explorable:
    """Return the explorable that stands for a unit."""
    name, state = SHOWN.get(unit) or (explorables(unit)[0], {})
    return getattr(explore, name)(**state)


def drawn(browser: Browser, unit: str, folder: Path) -> str:
    """Draw the picture of a unit into `folder`, and return what it shows in words.

    Raises
    ------
    ValueError
        If the picture is too large for a README.
    """
    explorable = made(unit)
    with tempfile.TemporaryDirectory() as pages:
        page_file = Path(pages) / f"{unit}.html"
        explorable.to_html(page_file)
        page = browser.new_page(viewport=SIZE, device_scale_factor=SCALE, color_scheme="light")
        page.goto(page_file.as_uri())
        explored = Explored(page, page.locator(".descent-explorable"))
        if explorable.timeline and not explorable.timeline.drives:
            explored.show_end()  # what comes of the run is what the words tell
        picture = explored.root.screenshot(animations="disabled")
        end = "" if explorable.title.endswith("?") else "."
        words = f"{explorable.title}{end} {explored.summary}"
        page.close()
    if len(picture) > MOST_BYTES:
        raise ValueError(f"{unit}: {len(picture):,} bytes; expected at most {MOST_BYTES:,}")
    (folder / f"{unit}.png").write_bytes(picture)
    return words


def title(unit: str) -> str:
    """Return the title of a unit, from its text."""
    text = (paths.SOURCE / f"{unit}.py").read_text(encoding="utf-8")
    return text[text.index("# # ") + 4 :].split("\n", 1)[0]


def table(words: dict[str, str]) -> str:
    """Return the README's table: a picture of each unit, with its summary as alt text."""
    cells = [
        f"**{title(unit)}**<br>![{_plain(summary)}](docs/pictures/{unit}.png)"
        for unit, summary in words.items()
    ]
    cells += [""] * (-len(cells) % ACROSS)
    rows = [cells[i : i + ACROSS] for i in range(0, len(cells), ACROSS)]
    head = ["|" + " |" * ACROSS, "|" + "---|" * ACROSS]
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in rows)])


def _plain(text: str) -> str:
    """Return `text` as it may stand between the brackets of a picture, in a table."""
    return re.sub(r"([|\[\]_*])", r"\\\1", html.escape(text, quote=False))


def main() -> None:
    """Draw the pictures of all units, drop those of none, write the table."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        words = {unit: drawn(browser, unit, FOLDER) for unit in paths.units()}
    for old in set(FOLDER.glob("*.png")) - {FOLDER / f"{unit}.png" for unit in words}:
        old.unlink()
    readme = README.read_text(encoding="utf-8")
    filled = BETWEEN.sub(lambda found: f"{found[1]}\n{table(words)}\n\n{found[2]}", readme)
    README.write_text(filled, encoding="utf-8")


if __name__ == "__main__":
    main()
