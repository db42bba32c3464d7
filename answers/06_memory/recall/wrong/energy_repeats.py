"""the end judged by the energy

It looks like recall ends when the energy stays the same. A spin whose field is just its threshold
turns at no cost, and may free others: compare the spins before and after a sweep.
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [hopfield_energy(s, W, theta)]
    for _ in range(max_sweeps):
        for i in rng.permutation(len(s)):
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append(hopfield_energy(s, W, theta))
        if energies[-1] == energies[-2]:
            break
    return s, np.array(energies)
