"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: s0, W, theta : array_like
"""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    s = s0.copy()
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.empty((n_sweeps, len(s)))
    for sweep in range(n_sweeps):
        for i in rng.permutation(len(s)):
            delta_e = -2 * (W[i] @ s - theta[i])
            s[i] = 1 if rng.random() < p_on(delta_e, beta) else -1
        samples[sweep] = s
    return samples
