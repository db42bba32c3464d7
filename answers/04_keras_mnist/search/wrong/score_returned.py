"""the score in place of the settings

It looks like you return the highest score. Asked for are the settings that reached it, as a
dictionary.

Breaks: best : dict
"""


def search(grid, data, fit=fit):
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, data["train"], data["validation"])))
    best = max(accuracy for _, accuracy in results)
    return best, results
