"""rectangles from the left

It looks like every strip is as high as its left end. Between two points the curve is a slanted
line: take the mean of both heights.
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    if fpr[0] > fpr[-1]:
        fpr, tpr = fpr[::-1], tpr[::-1]
    return np.sum(np.diff(fpr) * tpr[:-1])
