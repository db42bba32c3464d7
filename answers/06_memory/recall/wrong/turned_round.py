"""each order follows from the one before

It looks like only the first order is drawn, and the next ones are that one rolled or turned round.
Draw a new order from rng at the start of each sweep.
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [hopfield_energy(s, W, theta)]
    order = rng.permutation(len(s))
    for _ in range(max_sweeps):
        before = s.copy()
        order = order[::-1]
        for i in order:
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append(hopfield_energy(s, W, theta))
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
