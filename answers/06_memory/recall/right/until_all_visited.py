"""Picks spins at random until every one had its turn."""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies, moved = [hopfield_energy(s, W, theta)], True
    while moved and len(energies) <= max_sweeps:
        left, moved = set(range(len(s))), False
        while left:
            i = int(rng.integers(len(s)))
            if i in left:
                left.remove(i)
                new = 2 * (W[i] @ s >= theta[i]) - 1
                moved = moved or bool(new != s[i])
                s[i] = new
        energies.append(hopfield_energy(s, W, theta))
    return s, np.array(energies)
