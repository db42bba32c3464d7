"""A still drawing of a chain of quantities, and below it of the derivatives on their way back."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from course.colours import ROLES
from course.figures.labels import label

WIDE, HIGH, ACROSS, MARGIN = 56, 34, 124, 12
"""Width and height of a box, from box to box, beside the row; in pixels."""

FORWARD, BACKWARD, HEIGHT = 46, 128, 170
"""Middle of the two rows of boxes, and height of the drawing, in pixels."""


@dataclass(frozen=True, repr=False)
class ChainDrawing:
    """A drawing of a chain; a notebook shows it.

    Attributes
    ----------
    values, derivatives : tuple of str
        What stands in the boxes of the upper and of the lower row, from left to right.
    forward, backward : tuple of str
        What each arrow to the right applies, and each arrow back to the left multiplies by.
    """

    values: tuple[str, ...]
    derivatives: tuple[str, ...]
    forward: tuple[str, ...]
    backward: tuple[str, ...]

    @property
    def alt(self) -> str:
        """The drawing in words."""
        there, back = self.values[0], self.derivatives[-1]
        for step, value in zip(self.forward, self.values[1:], strict=True):
            there += f", by {step} to {value}"
        for step, slope in zip(self.backward[::-1], self.derivatives[-2::-1], strict=True):
            back += f", by {step} to {slope}"
        return f"Two rows of boxes. Forward, from left to right: {there}. Below it, back: {back}."

    def __repr__(self) -> str:
        return f"<figure: {self.alt}>"

    def _repr_html_(self) -> str:
        width = 2 * MARGIN + ACROSS * (len(self.values) - 1) + WIDE
        return (
            f'<svg role="img" viewBox="0 0 {width} {HEIGHT}" width="100%" '
            f'style="max-width:{width}px;font:14px sans-serif">'
            f"<title>{html.escape(self.alt)}</title>"
            '<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
            'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor"/>'
            f"</marker></defs>{''.join(self._boxes())}{''.join(self._arrows())}</svg>"
        )

    def _boxes(self) -> Iterator[str]:
        rows = ((self.values, FORWARD, "data"), (self.derivatives, BACKWARD, "path"))
        for texts, middle, role in rows:
            for i, text in enumerate(texts):
                x = MARGIN + ACROSS * i
                size = f'width="{WIDE}" height="{HIGH}" rx="5"'
                fill = f'fill="{ROLES["light"][role]}" fill-opacity="0.35"'
                corner = f'x="{x}" y="{middle - HIGH / 2:g}"'
                yield f'<rect {corner} {size} {fill} stroke="currentColor"/>'
                yield label(x + WIDE / 2, middle + 5, text, "middle")

    def _arrows(self) -> Iterator[str]:
        for i, (step, factor) in enumerate(zip(self.forward, self.backward, strict=True)):
            left, right = MARGIN + ACROSS * i + WIDE + 2, MARGIN + ACROSS * (i + 1) - 2
            for start, stop, y, text in (
                (left, right, FORWARD, step),
                (right, left, BACKWARD, factor),
            ):
                yield (
                    f'<line x1="{start}" y1="{y}" x2="{stop}" y2="{y}" stroke="currentColor" '
                    'marker-end="url(#end)"/>'
                )
                yield label((left + right) / 2, y - 9, text, "middle")


def chain(
    values: Sequence[str],
    derivatives: Sequence[str],
    forward: Sequence[str],
    backward: Sequence[str],
) -> ChainDrawing:
    """Return a drawing of a calculation step by step, and of the derivatives that come back.

    Parameters
    ----------
    values, derivatives : sequence of str, of one length, two at least
        Each quantity, and below it the derivative of the last by it.
    forward, backward : sequence of str, one shorter
        Between each quantity and the next: what is applied, and what the derivative is multiplied
        by on its way back.

    Raises
    ------
    ValueError
        If the numbers of words do not fit.
    """
    steps = len(values) - 1
    if steps < 1:
        raise ValueError(f"values holds {len(values)} words; expected two or more")
    for name, given, expected in (
        ("derivatives", derivatives, steps + 1),
        ("forward", forward, steps),
        ("backward", backward, steps),
    ):
        if len(given) != expected:
            raise ValueError(
                f"{name} holds {len(given)} words; for {steps + 1} values expected {expected}"
            )
    return ChainDrawing(tuple(values), tuple(derivatives), tuple(forward), tuple(backward))
