"""Units in fixed order, all random numbers of a sweep drawn at once."""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    rows = []
    for _ in range(n_sweeps):
        for i, chance in enumerate(rng.random(len(s))):
            field = np.dot(W[i], s) - theta[i]
            s[i] = 1.0 if chance < 0.5 * (1 + np.tanh(beta * field)) else -1.0
        rows.append(s.copy())
    return np.array(rows)
