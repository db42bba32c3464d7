"""results not returned

It looks like only the best settings are returned. The docstring asks for two things: these, and
the list of all that was tried.

Breaks: results : list of pairs
"""


def search(grid, data, fit=fit):
    tried = [dict(zip(grid, values)) for values in itertools.product(*grid.values())]
    return max(tried, key=lambda settings: fit(settings, data["train"], data["validation"]))
