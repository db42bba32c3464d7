"""every threshold, counted by hand"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    n1, n0 = sum(y == 1), sum(y == 0)
    best = (-1.0, None)
    for t in sorted(set(score.tolist()), reverse=True):
        tp = sum(1 for label, f in zip(y, score) if label == 1 and f >= t)
        fp = sum(1 for label, f in zip(y, score) if label == 0 and f >= t)
        if fp >= 10:
            value = signal * tp / n1 / (background * fp / n0) ** 0.5
            if value > best[0]:
                best = (value, t)
    return best[1], best[0]
