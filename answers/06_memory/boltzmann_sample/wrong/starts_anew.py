"""each sweep begins at the start

It looks like each sweep begins again at s0. A sweep goes on from the state that the last one left.
"""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s0 = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.empty((n_sweeps, len(s0)))
    for sweep in range(n_sweeps):
        s = s0.copy()
        for i in rng.permutation(len(s)):
            delta_e = -2 * (W[i] @ s - theta[i])
            s[i] = 1 if rng.random() < p_on(delta_e, beta) else -1
        samples[sweep] = s
    return samples
