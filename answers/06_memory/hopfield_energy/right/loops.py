"""Plain Python, each pair once."""


def hopfield_energy(s, W, theta):
    W, theta, s = as_hopfield(W, theta, s)
    energy = 0.0
    for i in range(len(s)):
        for j in range(i + 1, len(s)):
            energy -= W[i][j] * s[i] * s[j]
        energy += theta[i] * s[i]
    return energy
