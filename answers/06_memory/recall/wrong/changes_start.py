"""changes s0

It looks like recall works in the very array that it was given. s0 belongs to the caller: work
on a copy.

Breaks: it is not changed.
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    s = np.asarray(s0)
    energies = [hopfield_energy(s, W, theta)]
    for _ in range(max_sweeps):
        before = s.copy()
        for i in rng.permutation(len(s)):
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append(hopfield_energy(s, W, theta))
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
