"""nothing to judge by

It looks like fit gets the training pair alone. It takes three things: the settings, what to learn
from, and what to be judged on.

Breaks: fit : callable
"""


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, data["train"])))
    return max(results, key=lambda result: result[1])[0], results
