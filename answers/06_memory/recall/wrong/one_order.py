"""one order for all sweeps

It looks like an order is drawn once and used in every sweep. Draw a new one from rng at the start
of each sweep.
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [hopfield_energy(s, W, theta)]
    order = rng.permutation(len(s))
    for _ in range(max_sweeps):
        before = s.copy()
        for i in order:
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append(hopfield_energy(s, W, theta))
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
