"""events paired one to one

It looks like each signal event meets one background event only, the one at the same place in
its list. Every signal event meets every background event.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    signal, background = score[y == 1], score[y == 0]
    n = min(len(signal), len(background))
    a, b = signal[:n], background[:n]
    return np.mean((a > b) + 0.5 * (a == b))
