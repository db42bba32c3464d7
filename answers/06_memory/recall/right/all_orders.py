"""All orders drawn before the first sweep; goes on shuffling the last one."""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    energies = [hopfield_energy(s, W, theta)]
    orders, order = [], np.arange(len(s))
    for _ in range(max_sweeps):
        rng.shuffle(order)
        orders.append(order.copy())
    for sweep in range(max_sweeps):
        before = s.copy()
        for i in orders[sweep]:
            s[i] = 1 if W[i] @ s >= theta[i] else -1
        energies.append(hopfield_energy(s, W, theta))
        if np.array_equal(s, before):
            break
    return s, np.array(energies)
