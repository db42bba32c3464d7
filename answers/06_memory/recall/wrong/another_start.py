"""starts somewhere else

It looks like recall begins at a state of its own and not at s0. What comes back should depend on what
it is asked for.

Breaks: Where to start
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    s = rng.choice([-1.0, 1.0], size=len(s))
    energies = [hopfield_energy(s, W, theta)]
    for _ in range(max_sweeps):
        before = s.copy()
        for i in rng.permutation(len(s)):
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append(hopfield_energy(s, W, theta))
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
