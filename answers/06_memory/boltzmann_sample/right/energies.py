"""Asks hopfield_energy for both states of the unit."""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.zeros((n_sweeps, len(s)))
    for row in samples:
        for i in range(len(s)):
            s[i] = 1
            on = hopfield_energy(s, W, theta)
            s[i] = -1
            off = hopfield_energy(s, W, theta)
            if rng.uniform() < p_on(on - off, beta):
                s[i] = 1
        row[:] = s
    return samples
