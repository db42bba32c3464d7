"""masks"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    positive = score >= threshold
    signal = y == 1
    return (
        int((positive & signal).sum()),
        int((positive & ~signal).sum()),
        int((~positive & signal).sum()),
        int((~positive & ~signal).sum()),
    )
