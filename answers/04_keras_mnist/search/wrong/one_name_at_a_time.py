"""one setting varied at a time

It looks like one setting is varied while the others keep their first value. Settings act
together: try every combination, as itertools.product makes them.
"""


def search(grid, data, fit=fit):
    results = []
    base = {name: values[0] for name, values in grid.items()}
    for name, values in grid.items():
        for value in values:
            settings = {**base, name: value}
            results.append((settings, fit(settings, data["train"], data["validation"])))
    best = max(results, key=lambda r: r[1])[0]
    return best, results
