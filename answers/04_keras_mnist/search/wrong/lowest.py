"""the worst chosen

It looks like the settings with the lowest score are chosen. The score is an accuracy, not a
loss: the highest is best.

Breaks: The settings with the highest
"""


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, data["train"], data["validation"])))
    best = min(results, key=lambda result: result[1])[0]
    return best, results
