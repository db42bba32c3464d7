"""last energy missing

It looks like the sweep that changed nothing is not noted. The history also holds the energy
after the last sweep.

Breaks: The energy at the start
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [hopfield_energy(s, W, theta)]
    for _ in range(max_sweeps):
        before = s.copy()
        for i in rng.permutation(len(s)):
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        if np.array_equal(s, before):
            break
        energies.append(hopfield_energy(s, W, theta))
    return s, np.array(energies)
