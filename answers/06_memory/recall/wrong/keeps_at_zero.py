"""keeps its state at the threshold

It looks like a spin whose field is exactly at its threshold stays as it was. The rule does not
ask what it was: at the threshold it becomes +1.
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [hopfield_energy(s, W, theta)]
    for _ in range(max_sweeps):
        before = s.copy()
        for i in rng.permutation(len(s)):
            field = W[i] @ s - theta[i]
            if field:
                s[i] = 1 if field > 0 else -1
        energies.append(hopfield_energy(s, W, theta))
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
