"""all units at once

It looks like all units are drawn at once, from the old state. Then neighbours do not see each
other's new state, and the frequencies are not Boltzmann's.
"""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.empty((n_sweeps, len(s)))
    for sweep in range(n_sweeps):
        delta_e = -2 * (W @ s - theta)
        s = np.where(rng.random(len(s)) < p_on(delta_e, beta), 1.0, -1.0)
        samples[sweep] = s
    return samples
