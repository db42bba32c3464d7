"""chance not from rng

It looks like the random numbers do not come from rng but from a generator of your own, so the
run cannot be repeated. Draw all chance from the rng you are given.
"""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.empty((n_sweeps, len(s)))
    for sweep in range(n_sweeps):
        for i in np.random.permutation(len(s)):
            delta_e = -2 * (W[i] @ s - theta[i])
            s[i] = 1 if np.random.random() < p_on(delta_e, beta) else -1
        samples[sweep] = s
    return samples
