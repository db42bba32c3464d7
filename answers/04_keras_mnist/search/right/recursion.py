"""One name after the other."""


def combinations(grid):
    if not grid:
        return [{}]
    (name, values), *rest = grid.items()
    return [{name: value, **others} for value in values for others in combinations(dict(rest))]


def search(grid, data, fit=fit):
    best, highest, results = None, -1.0, []
    for settings in combinations(grid):
        accuracy = fit(settings, data["train"], data["validation"])
        results.append((settings, accuracy))
        if accuracy > highest:
            best, highest = settings, accuracy
    return best, results
