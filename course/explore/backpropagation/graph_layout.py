"""The layout of a graph: columns by depth, rows ordered so that few arrows cross.

Source: K. Sugiyama, S. Tagawa, M. Toda, "Methods for visual understanding of hierarchical system
structures", IEEE Trans. Syst. Man Cybern. 11 (1981) 109.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SWEEPS = 12
"""Number of sweeps that order the rows; small graphs converge after two or three."""

PARALLEL = 0.05
"""Distance of two arrows between the same boxes, as a share of the height."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Layout:
    """Places in the unit square.

    Attributes
    ----------
    places : list of points
        Centre of each node, (0, 0) at the bottom left.
    routes : list of lists of points
        The points of each arrow, with both ends.
    size : tuple
        Columns and rows.
    """

    places: list[Point]
    routes: list[list[Point]]
    size: tuple[int, int]


def lay_out(count: int, arrows: Sequence[tuple[int, int]]) -> Layout:
    """Lay out a graph whose nodes 0 … count − 1 each come after their parents.

    An arrow that crosses a column gets a place of its own there, so that it does not cross a box.
    """
    depth = [0] * count
    for start, end in sorted(arrows, key=lambda arrow: arrow[1]):
        depth[end] = max(depth[end], depth[start] + 1)
    columns: list[list[int]] = [[] for _ in range(max(depth) + 1)]
    for node in range(count):
        columns[depth[node]].append(node)
    chains, links, total = [], [], count
    for start, end in arrows:
        chain = [start]
        for crossed in range(depth[start] + 1, depth[end]):
            columns[crossed].append(total)
            chain.append(total)
            total += 1
        chain.append(end)
        chains.append(chain)
        links += list(pairwise(chain))
    rows = _order_rows(columns, links, total)
    height = max(map(len, columns))
    last = max(len(columns) - 1, 1)
    places: list[Point] = [(0.0, 0.0)] * total
    for c, column in enumerate(columns):
        for node in column:
            offset = rows[node] - (len(column) - 1) / 2
            across = c / last if len(columns) > 1 else 0.5
            places[node] = (across, 0.5 - offset / height)
    return Layout(places[:count], _routes(chains, arrows, places), (len(columns), height))


def _order_rows(
    columns: list[list[int]], links: Sequence[tuple[int, int]], total: int
) -> list[int]:
    """Order each column by the mean row of its neighbours, forward and back; return all rows."""
    before: list[list[int]] = [[] for _ in range(total)]
    after: list[list[int]] = [[] for _ in range(total)]
    for start, end in links:
        before[end].append(start)
        after[start].append(end)
    rows = [0] * total
    for column in columns:
        for row, node in enumerate(column):
            rows[node] = row
    for sweep in range(SWEEPS):
        neighbours = after if sweep % 2 else before
        for column in reversed(columns) if sweep % 2 else columns:
            middle = {
                node: float(np.mean([rows[n] for n in neighbours[node]]))
                if neighbours[node]
                else float(rows[node])
                for node in column
            }
            column.sort(key=lambda node: (middle[node], rows[node]))
            for row, node in enumerate(column):
                rows[node] = row
    return rows


def _routes(
    chains: Sequence[Sequence[int]],
    arrows: Sequence[tuple[int, int]],
    places: Sequence[Point],
) -> list[list[Point]]:
    """Turn chains of places into routes; arrows between the same two boxes are bent apart."""
    routes = []
    for i, chain in enumerate(chains):
        route = [places[node] for node in chain]
        twins = [k for k, arrow in enumerate(arrows) if arrow == arrows[i]]
        if len(twins) > 1 and len(route) == 2:
            (x0, y0), (x1, y1) = route
            bow = (twins.index(i) - (len(twins) - 1) / 2) * 2 * PARALLEL
            route.insert(1, ((x0 + x1) / 2, (y0 + y1) / 2 + bow))
        routes.append(route)
    return routes
