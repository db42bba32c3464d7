"""Still drawings of networks: columns of units, joined layer to layer, with a description."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from course.colours import ROLES
from course.figures.labels import label

MAX_DRAWN = 8
"""Units drawn of a layer; of a larger one the middle is left out."""

RADIUS, ACROSS, DOWN, TOP, MARGIN = 13, 150, 36, 52, 70
"""Of a unit, between layers, between units, above the units, beside them; in pixels."""


@dataclass(frozen=True, repr=False)
class LayersDrawing:
    """A drawing of a network; a notebook shows it.

    Attributes
    ----------
    sizes : tuple of int
        Units of each layer, from left to right.
    names, between : tuple of str
        What stands above each layer, and above the lines from each to the next.
    inside : tuple of str
        What stands in the units of each layer.
    directed : bool
        Whether the lines are arrows to the right.
    """

    sizes: tuple[int, ...]
    names: tuple[str, ...]
    between: tuple[str, ...]
    inside: tuple[str, ...]
    directed: bool

    @property
    def alt(self) -> str:
        """The drawing in words."""
        parts = [
            f"{name or 'a layer'} with {size} {'unit' if size == 1 else 'units'}"
            for name, size in zip(self.names, self.sizes, strict=True)
        ]
        way = "an arrow to" if self.directed else "a line without direction to"
        named = ", ".join(text for text in self.between if text)
        return (
            f"From left to right: {', '.join(parts)}. Each unit has {way} every unit of the next "
            f"layer, and none to its own.{f' The lines carry {named}.' if named else ''}"
        )

    def __repr__(self) -> str:
        return f"<figure: {self.alt}>"

    def _repr_html_(self) -> str:
        width = 2 * MARGIN + ACROSS * (len(self.sizes) - 1)
        height = TOP + DOWN * max(min(size, MAX_DRAWN) for size in self.sizes) + 12
        tip = (
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
            'markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="currentColor"/>'
            "</marker></defs>"
        )
        return (
            f'<svg role="img" viewBox="0 0 {width} {height}" width="100%" '
            f'style="max-width:{width}px;font:14px sans-serif">'
            f"<title>{html.escape(self.alt)}</title>{tip if self.directed else ''}"
            f"{''.join(self._lines())}{''.join(self._units())}{''.join(self._words())}</svg>"
        )

    def _heights(self, layer: int) -> list[float]:
        """Return the heights of a layer's drawn units, from the top."""
        drawn = min(self.sizes[layer], MAX_DRAWN)
        tallest = max(min(size, MAX_DRAWN) for size in self.sizes)
        top = TOP + DOWN * (tallest - drawn) / 2 + DOWN / 2
        return [top + DOWN * i for i in range(drawn) if not self._is_gap(layer, i)]

    def _is_gap(self, layer: int, i: int) -> bool:
        return self.sizes[layer] > MAX_DRAWN and i == MAX_DRAWN // 2

    def _lines(self) -> Iterator[str]:
        end = ' marker-end="url(#tip)"' if self.directed else ""
        for layer in range(len(self.sizes) - 1):
            left = MARGIN + ACROSS * layer + RADIUS
            right = left + ACROSS - 2 * RADIUS
            for start in self._heights(layer):
                for stop in self._heights(layer + 1):
                    yield (
                        f'<line x1="{left}" y1="{start:g}" x2="{right}" y2="{stop:g}" '
                        f'stroke="currentColor" stroke-opacity="0.45"{end}/>'
                    )

    def _units(self) -> Iterator[str]:
        for layer, inside in enumerate(self.inside):
            x = MARGIN + ACROSS * layer
            fill = ROLES["light"]["data" if layer == 0 else "model"]
            for y in self._heights(layer):
                place = f'fill="{fill}" fill-opacity="0.35" stroke="currentColor"'
                if layer == 0 and self.directed:
                    side = 2 * RADIUS
                    corner = f'x="{x - RADIUS}" y="{y - RADIUS:g}"'
                    yield f'<rect {corner} width="{side}" height="{side}" {place}/>'
                else:
                    yield f'<circle cx="{x}" cy="{y:g}" r="{RADIUS}" {place}/>'
                if inside:
                    yield label(x, y + 5, inside, "middle")
            if self.sizes[layer] > MAX_DRAWN:
                between = self._heights(layer)[MAX_DRAWN // 2 - 1] + DOWN
                yield label(x, between + 5, "⋮", "middle")

    def _words(self) -> Iterator[str]:
        for layer, name in enumerate(self.names):
            yield label(MARGIN + ACROSS * layer, 18, name, "middle")
        for layer, text in enumerate(self.between):
            yield label(MARGIN + ACROSS * (layer + 0.5), 40, text, "middle")


def layers(
    sizes: Sequence[int],
    names: Sequence[str],
    between: Sequence[str] = (),
    inside: Sequence[str] = (),
    directed: bool = True,
) -> LayersDrawing:
    """Return a drawing of layers in which every unit is joined to all of the next layer.

    Squares hold what goes in, circles compute. Without direction, all are circles.

    Parameters
    ----------
    sizes : sequence of int, at least two
        Units of each layer, 1 or more; of more than 8, some are left out of the drawing.
    names : sequence of str
        One for each layer, such as "x (m, 2)".
    between : sequence of str, optional
        One for each pair of neighbours, such as "W (2, 3)".
    inside : sequence of str, optional
        One for each layer: a sign for what its units do.
    directed : bool
        Arrows from left to right, or lines.

    Raises
    ------
    ValueError
        If there are fewer than two layers, one is empty, or the numbers of words do not fit.
    """
    if len(sizes) < 2 or any(size < 1 for size in sizes):
        raise ValueError(f"sizes are {list(sizes)}; expected two or more layers of 1 unit or more")
    for name, given, expected in (
        ("names", names, len(sizes)),
        ("between", between or [""] * (len(sizes) - 1), len(sizes) - 1),
        ("inside", inside or [""] * len(sizes), len(sizes)),
    ):
        if len(given) != expected:
            raise ValueError(
                f"{name} holds {len(given)} words; for {len(sizes)} layers expected {expected}"
            )
    return LayersDrawing(
        tuple(sizes),
        tuple(names),
        tuple(between) or ("",) * (len(sizes) - 1),
        tuple(inside) or ("",) * len(sizes),
        directed,
    )
