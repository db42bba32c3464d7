"""guard line deleted"""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.empty((n_sweeps, len(s)))
    for sweep in range(n_sweeps):
        for i in rng.permutation(len(s)):
            delta_e = -2 * (W[i] @ s - theta[i])
            s[i] = 1 if rng.random() < 1 / (1 + np.exp(beta * delta_e)) else -1
        samples[sweep] = s
    return samples
