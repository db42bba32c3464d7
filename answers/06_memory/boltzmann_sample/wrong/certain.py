"""no chance at all

It looks like each unit simply takes the state of lower energy. At a finite temperature it does
so only more often: compare a random number with p_on.

Breaks: Sample states of a
"""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    samples = np.empty((n_sweeps, len(s)))
    for sweep in range(n_sweeps):
        for i in rng.permutation(len(s)):
            delta_e = -2 * (W[i] @ s - theta[i])
            s[i] = 1 if 0.5 <= p_on(delta_e, beta) else -1
        samples[sweep] = s
    return samples
