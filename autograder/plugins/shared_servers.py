"""The fork servers that the examinations of a whole class share."""

from autograder.exam.process import Confinement
from autograder.forkserver import candidates, examiners
from autograder.forkserver.client import ForkServerClient, why_unavailable
from autograder.sandbox import Sandbox


def fork_servers(confinement: Confinement, heavy: bool) -> dict[str, ForkServerClient]:
    """Return the servers that examinations need, by name; none where forking is not possible."""
    found: dict[str, ForkServerClient] = {}
    for tensorflow in (False, True)[: 1 + heavy] if not why_unavailable() else ():
        found[examiners.name(tensorflow)] = examiners.fork_server(tensorflow)
        if isinstance(confinement, Sandbox):
            found[candidates.name(tensorflow)] = candidates.fork_server(confinement, tensorflow)
    return found
