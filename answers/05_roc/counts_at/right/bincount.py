"""one number for each box"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    boxes = np.bincount(2 * (score >= threshold) + y, minlength=4)
    tn, fn, fp, tp = boxes
    return tp, fp, fn, tn
