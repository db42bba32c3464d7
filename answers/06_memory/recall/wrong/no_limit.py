"""max_sweeps ignored

It looks like recall goes on beyond max_sweeps. Stop after that many sweeps at the latest.

Breaks: max_sweeps : int
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [hopfield_energy(s, W, theta)]
    while len(energies) < 50:
        before = s.copy()
        for i in rng.permutation(len(s)):
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append(hopfield_energy(s, W, theta))
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
