"""order not from rng

It looks like the orders come from a generator of your own with a fixed seed: they are the same for
every rng. Draw them from the rng you are given.

Breaks: rng : numpy.random.Generator
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [hopfield_energy(s, W, theta)]
    own = np.random.default_rng(0)
    for _ in range(max_sweeps):
        before = s.copy()
        for i in own.permutation(len(s)):
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append(hopfield_energy(s, W, theta))
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
