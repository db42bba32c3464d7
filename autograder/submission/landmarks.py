"""Where the released cells stand in a submission, also those whose metadata are lost."""

import ast
import functools
import unicodedata
from collections.abc import Iterator, Sequence

from nbformat import NotebookNode

from autograder.authoring.cells import name_of
from autograder.authoring.unit_text import id_of_text
from autograder.submission.bindings import MAX_CELL_LENGTH, NOT_PYTHON
from autograder.submission.released_cells import ReleasedCell, UngradedCell


@functools.lru_cache(maxsize=4096)  # most cells are the same in a whole class
def content_of(kind: str, source: str) -> str:
    """Return what a cell says, whatever an editor or a formatter has made of its layout."""
    if kind == "code" and len(source) <= MAX_CELL_LENGTH:
        try:
            return f"code {ast.dump(ast.parse(source))}"
        except NOT_PYTHON:
            pass
    return f"{kind} {' '.join(unicodedata.normalize('NFC', source).split())}"


def is_same(cell: NotebookNode, released: ReleasedCell | UngradedCell) -> bool:
    """Tell whether a cell says what a released one does."""
    texts = {released.source}
    if isinstance(released, ReleasedCell):
        texts.add(released.released_source())
    given = content_of(cell.cell_type, cell.source)
    return any(given == content_of(released.kind, text) for text in texts)


def is_untouched(cell: NotebookNode) -> bool:
    """Tell whether a cell is as some release made it: such a cell's id is made from its text."""
    return str(cell.id).split("-")[0] == id_of_text(cell.source)


class Landmarks:
    """The places of released cells in a notebook, by name or else by what they say.

    Parameters
    ----------
    notebook : NotebookNode
    sequence : sequence of ReleasedCell and UngradedCell
        All released cells, in order.
    """

    def __init__(
        self, notebook: NotebookNode, sequence: Sequence[ReleasedCell | UngradedCell]
    ) -> None:
        self._cells = notebook.cells
        self._sequence = sequence
        named = {name_of(cell): index for index, cell in enumerate(notebook.cells)}
        by_text: dict[str, list[int]] = {}
        for index, cell in enumerate(notebook.cells):
            if name_of(cell) is None:
                by_text.setdefault(content_of(cell.cell_type, cell.source), []).append(index)
                heading = _heading(cell.cell_type, cell.source)
                if heading:
                    by_text.setdefault(heading, []).append(index)
        self._places: dict[int, int] = {}
        taken: set[int] = set()
        for position, released in enumerate(sequence):
            if isinstance(released, ReleasedCell):
                place = named.get(released.name)
            else:
                place = _first_free(released, by_text, taken)
            if place is not None:
                self._places[position] = place
                taken.add(place)
        self._taken = taken

    def section(self, name: str) -> range:
        """Return the places between the released cells around one, which need not be there."""
        position = self._position(name)
        before = [place for at, place in self._places.items() if at < position]
        first = before[-1] + 1 if before else 0
        after = [place for at, place in self._places.items() if at > position and place >= first]
        return range(first, min(after, default=len(self._cells)))

    def is_bounded(self, name: str) -> bool:
        """Tell whether a released cell's direct neighbour is there, before it or after it."""
        position = self._position(name)
        return position - 1 in self._places or position + 1 in self._places

    def question(self, name: str) -> tuple[int, UngradedCell] | None:
        """Return the cell right before a released one, and its place, if it is there."""
        position = self._position(name) - 1
        released = self._sequence[position] if position >= 0 else None
        if isinstance(released, UngradedCell) and position in self._places:
            return self._places[position], released
        return None

    def own(self, places: range) -> Iterator[int]:
        """Yield those of some places at which no released cell stands."""
        return (place for place in places if place not in self._taken)

    def _position(self, name: str) -> int:
        return next(
            position
            for position, released in enumerate(self._sequence)
            if isinstance(released, ReleasedCell) and released.name == name
        )


def _first_free(
    released: UngradedCell, by_text: dict[str, list[int]], taken: set[int]
) -> int | None:
    for key in (
        content_of(released.kind, released.source),
        _heading(released.kind, released.source),
    ):
        for place in by_text.get(key, []):
            if place not in taken:
                return place
    return None


def _heading(kind: str, source: str) -> str:
    """Return the heading that a text begins with: it stays when the text is revised."""
    first = source.strip().split("\n", 1)[0].strip()
    return f"heading {first}" if kind == "markdown" and first.startswith("#") else ""
