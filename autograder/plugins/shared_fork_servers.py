"""The fork servers that the examinations of a whole class share."""

from autograder.exam.process import Confinement
from autograder.forkserver import fork_candidate, fork_examiner
from autograder.forkserver.client import ForkServerClient, why_unavailable
from autograder.sandbox import Sandbox


def fork_servers(confinement: Confinement, tensorflow: bool) -> dict[str, ForkServerClient]:
    """Return those that examinations need, by name; none if nothing can be forked here."""
    found: dict[str, ForkServerClient] = {}
    for heavy in (False, True)[: 1 + tensorflow] if not why_unavailable() else ():
        found[fork_examiner.server_name(heavy)] = fork_examiner.fork_server(heavy)
        if isinstance(confinement, Sandbox):
            server = fork_candidate.fork_server(confinement, heavy)
            found[fork_candidate.server_name(heavy)] = server
    return found
