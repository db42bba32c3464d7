"""One running number for all combinations."""


def search(grid, data, fit=fit):
    names, shape = list(grid), [len(values) for values in grid.values()]
    accuracy = np.empty(shape)
    settings = {}
    for place in np.ndindex(*shape):
        settings[place] = {name: grid[name][i] for name, i in zip(names, place)}
        accuracy[place] = fit(settings[place], data["train"], data["validation"])
    best = np.unravel_index(accuracy.argmax(), shape)
    return settings[tuple(map(int, best))], [(s, accuracy[place]) for place, s in settings.items()]
