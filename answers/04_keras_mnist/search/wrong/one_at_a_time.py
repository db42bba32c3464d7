"""one name at a time

It looks like one name is varied at a time, the others left where they were. A good learning
rate for one width need not be good for another: try every combination.

Breaks: All that was tried
"""


def search(grid, data, fit=fit):
    best = {name: values[0] for name, values in grid.items()}
    results = []
    for name, values in grid.items():
        tried = [{**best, name: value} for value in values]
        scores = [fit(settings, data["train"], data["validation"]) for settings in tried]
        results += list(zip(tried, scores))
        best = tried[int(np.argmax(scores))]
    return best, results
