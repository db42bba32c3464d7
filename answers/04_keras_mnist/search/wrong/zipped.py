"""not every combination

It looks like the lists are walked through side by side, so that most combinations are never
tried. Every value of one goes with every value of the other.

Breaks: Try every combination
"""


def search(grid, data, fit=fit):
    results = []
    for values in zip(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, data["train"], data["validation"])))
    best = max(results, key=lambda result: result[1])[0]
    return best, results
