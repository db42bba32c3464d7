"""Units drawn with rng.binomial, orders with rng.choice."""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.empty((n_sweeps, len(s)))
    for sweep in range(n_sweeps):
        for i in rng.choice(len(s), size=len(s), replace=False):
            delta_e = -2 * (W[i] @ s - theta[i])
            s[i] = 2 * rng.binomial(1, p_on(delta_e, beta)) - 1
        samples[sweep] = s
    return samples
