"""integer division

It looks like you divide with //, which drops what comes after the decimal point. A single slash
keeps it.

Breaks: length : float
Breaks: g : float
"""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    return 2 * np.pi * np.sqrt(length // g)
