"""Plain Python, the states as binary numbers."""


def partition_function(W, theta, beta):
    W, theta = as_hopfield(W, theta)
    require_not_negative(beta=beta)
    require_few_units(W)
    n, Z = len(theta), 0.0
    for number in range(2**n):
        s = [1 if number >> i & 1 else -1 for i in range(n)]
        energy = sum(theta[i] * s[i] for i in range(n))
        for i in range(n):
            for j in range(i):
                energy -= W[i, j] * s[i] * s[j]
        Z += 2.718281828459045 ** (-beta * energy)
    return Z
