"""made for two names"""


def search(grid, data, fit=fit):
    results, names = [], list(grid)
    for value in grid[names[0]]:
        for other in grid[names[1]]:
            settings = {names[0]: value, names[1]: other}
            results.append((settings, fit(settings, data["train"], data["validation"])))
    return max(results, key=lambda result: result[1])[0], results
