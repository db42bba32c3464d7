"""validation images trained on

It looks like the validation images are also learned from. Then they cannot judge: train on the
training set only.

Breaks: data : dict
"""


def search(grid, data, fit=fit):
    both = tuple(np.concatenate(parts) for parts in zip(data["train"], data["validation"]))
    results = []
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        results.append((settings, fit(settings, both, data["validation"])))
    return max(results, key=lambda result: result[1])[0], results
