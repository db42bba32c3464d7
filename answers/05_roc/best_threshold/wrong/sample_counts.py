"""events of the sample in place of expected events

It looks like s and b are the events of your test sample. It holds another number of events, and
another mixture, than the year on disk: scale by S·TPR and B·FPR.

Breaks: The numbers of events
"""


def best_threshold(y, score, signal, background):
    y, score = as_scored(y, score)
    require_background(y, least=10)
    require_positive(signal=signal, background=background)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)
    tp, fp, cuts = np.cumsum(y)[last], np.cumsum(1 - y)[last], score[last]
    tpr, fpr = tp / np.sum(y), fp / np.sum(1 - y)

    tpr, fpr, tp, fp, cuts = (a[fp >= 10] for a in (tpr, fpr, tp, fp, cuts))

    value = tp / np.sqrt(fp)
    return cuts[np.argmax(value)], np.max(value)
