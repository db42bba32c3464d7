"""Plain Python: shuffled list of units, a flag for a change."""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    n = len(s)
    energies, turning = [hopfield_energy(s, W, theta)], True
    while turning and len(energies) <= max_sweeps:
        turning, order = False, list(range(n))
        rng.shuffle(order)
        for i in order:
            field = sum(W[i][j] * s[j] for j in range(n)) - theta[i]
            new = 1.0 if field >= 0 else -1.0
            turning = turning or new != s[i]
            s[i] = new
        energies.append(hopfield_energy(s, W, theta))
    return s, energies
