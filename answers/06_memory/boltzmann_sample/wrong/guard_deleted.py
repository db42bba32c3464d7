"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: If shapes disagree
"""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = np.asarray(W), np.asarray(theta), np.array(s0, float)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.empty((n_sweeps, len(s)))
    for sweep in range(n_sweeps):
        for i in rng.permutation(len(s)):
            delta_e = -2 * ((W[i] * s).sum() - theta[i])
            s[i] = 1 if rng.random() < p_on(delta_e, beta) else -1
        samples[sweep] = s
    return samples
