"""fit ignored

It looks like the function fit of the notebook is called, not the argument. Tests, and whoever
uses your function, pass another.

Breaks: fit : callable
"""


search_with = fit


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, search_with(settings, data["train"], data["validation"])))
    return max(results, key=lambda result: result[1])[0], results
