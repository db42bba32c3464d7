"""divided by 2π

It looks like the root is divided by 2π. In the formula 2π stands before the root as a factor; a
frequency is what has it below the line.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return np.sqrt(length / g) / (2 * np.pi)
