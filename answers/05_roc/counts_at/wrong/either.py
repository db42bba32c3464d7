"""OR in place of AND

It looks like an event is counted when it passes *or* has the right class. Both must hold at
once: look at how the two conditions are joined.
"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive, signal = score >= threshold, y == 1
    return (
        np.sum(positive | signal),
        np.sum(positive | ~signal),
        np.sum(~positive | signal),
        np.sum(~positive | ~signal),
    )
