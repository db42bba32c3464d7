"""the double sum as it stands"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    signal, background = score[y == 1], score[y == 0]
    wins = 0.0
    for a in signal:
        for b in background:
            wins += 1.0 if a > b else 0.5 if a == b else 0.0
    return wins / (len(signal) * len(background))
