"""guard line deleted

Breaks: The largest number of
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    energies = [hopfield_energy(s, W, theta)]
    for _ in range(max_sweeps):
        before = s.copy()
        for i in rng.permutation(len(s)):
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append(hopfield_energy(s, W, theta))
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
