"""np.sign at the threshold"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [-0.5 * s @ W @ s + theta @ s]
    for _ in range(max_sweeps):
        before = s.copy()
        for i in rng.permutation(len(s)):
            s[i] = np.sign(W[i] @ s - theta[i])
        energies.append(-0.5 * s @ W @ s + theta @ s)
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
