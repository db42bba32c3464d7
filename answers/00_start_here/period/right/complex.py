"""The phase of one turn, divided by the angular frequency."""


def period(length, g=9.81):
    require_positive(length=length, g=g)
    turn = 2 * np.angle(-1 + 0j)
    return float(turn / np.exp(0.5 * np.log(g / length)))
