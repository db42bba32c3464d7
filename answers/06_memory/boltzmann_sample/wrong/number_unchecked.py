"""guard line deleted

Breaks: At least 1
"""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    samples = np.empty((n_sweeps, len(s)))
    for sweep in range(n_sweeps):
        for i in rng.permutation(len(s)):
            delta_e = -2 * (W[i] @ s - theta[i])
            s[i] = 1 if rng.random() < p_on(delta_e, beta) else -1
        samples[sweep] = s
    return samples
