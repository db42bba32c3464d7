"""One sweep as a function of its own."""


def recall(s0, W, theta, rng, max_sweeps):
    W, theta, s = as_hopfield(W, theta, s0)
    require_whole(least=1, max_sweeps=max_sweeps)
    def sweep(state):
        state = list(state)
        for i in rng.choice(len(state), size=len(state), replace=False):
            state[i] = (-1.0, 1.0)[int(np.dot(W[i], state) >= theta[i])]
        return np.array(state)

    path = [s]
    while len(path) <= max_sweeps:
        path.append(sweep(path[-1]))
        if (path[-1] == path[-2]).all():
            break
    return path[-1], np.array([hopfield_energy(state, W, theta) for state in path])
