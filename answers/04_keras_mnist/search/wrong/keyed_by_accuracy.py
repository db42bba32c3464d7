"""results kept by their accuracy

It looks like results are kept in a dictionary by their accuracy, so that of two with the same
accuracy one is lost. Keep them in a list.
"""


def search(grid, data, fit=fit):
    table = {}
    for values in itertools.product(*grid.values()):
        settings = dict(zip(grid, values))
        table[fit(settings, data["train"], data["validation"])] = settings
    return table[max(table)], [(settings, accuracy) for accuracy, settings in table.items()]
