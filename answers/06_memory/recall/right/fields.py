"""Keeps all fields up to date, counts the turned spins, inlines the energy."""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    field = W @ s - theta
    energies = [-0.5 * s @ W @ s + theta @ s]
    for _ in range(max_sweeps):
        turned = 0
        for i in np.argsort(rng.random(len(s))):
            new = np.where(field[i] >= 0, 1.0, -1.0)
            if new != s[i]:
                field = field + (new - s[i]) * W[:, i]
                s[i] = new
                turned += 1
        energies.append(-0.5 * s @ (W @ s) + theta @ s)
        if not turned:
            break
    return s.copy(), np.asarray(energies)
