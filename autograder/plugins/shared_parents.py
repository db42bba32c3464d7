"""The fork servers that the examinations of a whole class share."""

from autograder.exam.process import Confinement
from autograder.forkserver import candidates, examiners
from autograder.forkserver.client import Parent, missing
from autograder.sandbox import Sandbox


def parents(confinement: Confinement, heavy: bool) -> dict[str, Parent]:
    """Return those that examinations need, by name; where nothing can be forked there are none."""
    found: dict[str, Parent] = {}
    for tensorflow in (False, True)[: 1 + heavy] if not missing() else ():
        found[examiners.name(tensorflow)] = examiners.warmed(tensorflow)
        if isinstance(confinement, Sandbox):
            found[candidates.name(tensorflow)] = candidates.warmed(confinement, tensorflow)
    return found
