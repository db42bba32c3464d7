"""with one's own counts"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)

    def significance(t):
        tp, fp, fn, tn = counts_at(y, score, t)
        return signal * tp / (tp + fn) / np.sqrt(background * fp / (fp + tn)) if fp >= 10 else 0

    cuts = np.unique(score)
    best = max(cuts, key=lambda t: (significance(t), t))
    return best, significance(best)
