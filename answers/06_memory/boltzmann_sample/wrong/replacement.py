"""some units left out

It looks like a sweep picks units at random, so that it sets some twice and others not at all.
Visit every unit once a sweep.

Breaks: each sweep sets every
"""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.empty((n_sweeps, len(s)))
    for sweep in range(n_sweeps):
        for i in rng.integers(len(s), size=len(s)):
            delta_e = -2 * (W[i] @ s - theta[i])
            s[i] = 1 if rng.random() < p_on(delta_e, beta) else -1
        samples[sweep] = s
    return samples
