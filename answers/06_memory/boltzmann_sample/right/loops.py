"""Plain Python lists."""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    import math

    n, spins, rows = len(s), [float(x) for x in s], []
    for _ in range(n_sweeps):
        order = list(range(n))
        rng.shuffle(order)
        for i in order:
            cost = 2 * theta[i]
            for j in range(n):
                cost -= 2 * W[i, j] * spins[j]
            exponent = min(beta * cost, 700)
            spins[i] = 1.0 if rng.random() * (1 + math.exp(exponent)) < 1 else -1.0
        rows.append(list(spins))
    return rows
