"""memory kept inside the function

It looks like the function remembers earlier calls. The memory comes in as an argument and goes
out as a result: otherwise two runs disturb one another.
"""


def sgd_momentum_step(theta, gradient, velocity, alpha, beta=0.9):
    theta, gradient, velocity = as_arrays(theta=theta, gradient=gradient, velocity=velocity)
    memory = sgd_momentum_step.__dict__.setdefault("memory", {})
    memory[len(theta)] = beta * memory.get(len(theta), velocity) + gradient
    return theta - alpha * memory[len(theta)], memory[len(theta)].copy()
