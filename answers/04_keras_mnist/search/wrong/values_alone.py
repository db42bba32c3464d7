"""settings without names

It looks like fit gets the values alone. It takes a dictionary with one value for each name:
dict(zip(grid, values)).

Breaks: ``fit(settings, train_pair, judge_pair)``
"""


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*grid.values()):
        results.append((values, fit(values, data["train"], data["validation"])))
    return max(results, key=lambda result: result[1])[0], results
