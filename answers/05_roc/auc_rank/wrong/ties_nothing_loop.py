"""ties count 0"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    wins = 0
    signal, background = score[y == 1], score[y == 0]
    for a in signal:
        for b in background:
            if a > b:
                wins += 1
    return wins / (len(signal) * len(background))
