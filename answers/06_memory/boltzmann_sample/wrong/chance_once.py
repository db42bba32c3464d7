"""the same chance in every sweep

It looks like the random numbers are drawn once, before the first sweep, and then used again and
again. Draw a new one for every update.
"""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.empty((n_sweeps, len(s)))
    chance = rng.random(len(s))
    for sweep in range(n_sweeps):
        for i in rng.permutation(len(s)):
            delta_e = -2 * (W[i] @ s - theta[i])
            s[i] = 1 if chance[i] < p_on(delta_e, beta) else -1
        samples[sweep] = s
    return samples
