"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: If shapes disagree
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = np.asarray(W, float), np.asarray(theta, float), np.array(s0, float)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [(theta * s).sum() - 0.5 * (W * np.outer(s, s)).sum()]
    for _ in range(max_sweeps):
        before = s.copy()
        for i in rng.permutation(len(s)):
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append((theta * s).sum() - 0.5 * (W * np.outer(s, s)).sum())
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
