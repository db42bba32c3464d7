"""> in place of ≥"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    tp = sum(1 for label, f in zip(y, score) if label == 1 and f > threshold)
    fp = sum(1 for label, f in zip(y, score) if label == 0 and f > threshold)
    fn = sum(1 for label, f in zip(y, score) if label == 1 and f <= threshold)
    tn = sum(1 for label, f in zip(y, score) if label == 0 and f <= threshold)
    return tp, fp, fn, tn
