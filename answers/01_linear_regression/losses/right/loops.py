"""Plain Python sums."""


def mse(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return sum((a - b) ** 2 for a, b in zip(y, prediction)) / len(y)


def mae(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    return sum(abs(a - b) for a, b in zip(y, prediction)) / len(y)


def mape(y, prediction):
    y, prediction = as_arrays(y=y, prediction=prediction)
    require_nonzero(y=y)
    total = 0
    for target, guess in zip(y, prediction):
        total += abs(target - guess) / abs(target)
    return total / len(y)
