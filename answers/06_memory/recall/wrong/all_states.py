"""all states returned

It looks like the states after every sweep are returned. Asked for is the last one only, shape (N,).

Breaks: s : ndarray, shape (N,)
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    states = [s.copy()]
    energies = [hopfield_energy(s, W, theta)]
    for _ in range(max_sweeps):
        before = s.copy()
        for i in rng.permutation(len(s)):
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append(hopfield_energy(s, W, theta))
        states.append(s.copy())
        if np.array_equal(s, before):
            break
    return np.array(states), np.array(energies)
