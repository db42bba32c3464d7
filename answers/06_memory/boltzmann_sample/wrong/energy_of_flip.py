"""the energy of a flip

It looks like ΔE is what it costs to turn the spin round, which depends on how it stands. Here it is
the energy of on minus that of off, whatever the spin is now.
"""


def boltzmann_sample(s0, W, theta, beta, n_sweeps, rng):
    W, theta, s = as_hopfield(W, theta, s0)
    require_not_negative(beta=beta)
    require_whole(least=1, n_sweeps=n_sweeps)
    states = []
    for _ in range(n_sweeps):
        for i in range(len(s)):
            delta_e = 2 * s[i] * (W[i] @ s - theta[i])
            s[i] = 1 if rng.random() < p_on(delta_e, beta) else -1
        states.append(s.copy())
    return np.array(states)
