"""one sweep only

It looks like recall stops after the first sweep. Go on until a whole sweep has changed nothing,
or max_sweeps is reached. (To compare, keep a copy: `before = s` is the same array.)
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [hopfield_energy(s, W, theta)]
    for i in rng.permutation(len(s)):
        s[i] = 1 if W[i] @ s >= theta[i] else -1
    energies.append(hopfield_energy(s, W, theta))
    return s, np.array(energies)
