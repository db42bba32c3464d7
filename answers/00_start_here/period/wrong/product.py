"""length times g under the root

It looks like length and g are multiplied under the root. Check the units: m times m/s² is not
s². One of the two stands below the other.
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * np.pi * np.sqrt(length * g)
