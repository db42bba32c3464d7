"""curve read before a tie is complete

It looks like each point counts only the first event of a tie. All that share a score pass
together: read the sums at the last event of each run of equal scores.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    first = np.append(0, np.flatnonzero(np.diff(score)) + 1)
    tps = np.cumsum(y)[first]
    fps = first + 1 - tps
    return np.append(0, fps / np.sum(y == 0)), np.append(0, tps / np.sum(y == 1)), np.append(np.inf, score[first])
