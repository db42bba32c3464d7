"""the area of the polygon under the curve"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    x = np.concatenate([fpr, [fpr[-1], fpr[0]]])
    h = np.concatenate([tpr, [0, 0]])
    return abs(np.dot(x, np.roll(h, 1)) - np.dot(h, np.roll(x, 1))) / 2
