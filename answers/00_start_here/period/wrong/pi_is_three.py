"""π taken for 3

It looks like 3 stands where π belongs. NumPy knows π to sixteen digits, as np.pi.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * 3 * np.sqrt(length / g)
