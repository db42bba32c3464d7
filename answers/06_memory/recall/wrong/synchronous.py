"""all spins at once

It looks like all spins are updated at once, from the old state. Then two spins can chase each
other for ever: let each one see what the others have just become.

Breaks: Update spin by spin
"""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [hopfield_energy(s, W, theta)]
    for _ in range(max_sweeps):
        before = s.copy()
        s = np.where(W @ before >= theta, 1.0, -1.0)
        energies.append(hopfield_energy(s, W, theta))
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
