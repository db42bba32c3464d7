"""the sets swapped

It looks like training and validation set have changed places: fit gets first what to learn
from, then what to be judged on.
"""


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, data["validation"], data["train"])))
    best = max(results, key=lambda result: result[1])[0]
    return best, results
