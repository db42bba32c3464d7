"""All random numbers of all sweeps drawn at once; units from last to first."""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.empty((n_sweeps, len(s)))
    chance = rng.uniform(size=samples.shape)
    for sweep in range(n_sweeps):
        for i in reversed(range(len(s))):
            delta_e = -2 * (W[i] @ s - theta[i])
            s[i] = 1 if chance[sweep, i] < p_on(delta_e, beta) else -1
        samples[sweep] = s
    return samples
