"""patterns coupled, not spins

It looks like W compares pattern with pattern, not spin with spin. Which of the two indices of
patterns must be summed over, and what shape has W then?

Breaks: ndarray, shape (N, N)
"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    W = patterns @ patterns.T / patterns.shape[1]
    np.fill_diagonal(W, 0)
    return W
