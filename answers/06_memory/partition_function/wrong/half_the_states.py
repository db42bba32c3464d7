"""half of the states, counted twice

It looks like the first spin is always up and each state counts twice. Turning all spins round keeps
the energy only where all thresholds are 0: sum over all 2ᴺ states.
"""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    total = 0.0
    for rest in product([-1, 1], repeat=len(theta) - 1):
        s = np.array([1, *rest])
        total += 2 * np.exp(-beta * hopfield_energy(s, W, theta))
    return total
