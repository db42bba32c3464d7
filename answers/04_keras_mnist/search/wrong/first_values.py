"""first values alone

It looks like only the first values of a list are tried. Every value of a list is a candidate.

Breaks: A list of values for each
"""


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*(values[:2] for values in grid.values())):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, data["train"], data["validation"])))
    best = max(results, key=lambda result: result[1])[0]
    return best, results
