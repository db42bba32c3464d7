"""made for two names

It looks like the search takes exactly two names. A grid may have one, or three: make the
combinations with itertools.product.

Breaks: grid : dict
"""


def search(grid, data, fit=fit):
    results = []
    (first, values), (second, others) = grid.items()
    for value in values:
        for other in others:
            settings = {first: value, second: other}
            results.append((settings, fit(settings, data["train"], data["validation"])))
    return max(results, key=lambda result: result[1])[0], results
