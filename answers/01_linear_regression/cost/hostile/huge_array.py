"""Values: an array of a terabyte that takes eight bytes

Broadcast from one number; whoever copies it runs out of memory.
"""


def cost(X, y, theta):
    return np.broadcast_to(np.zeros(1), (1 << 37,))
