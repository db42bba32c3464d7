"""a strip missing at the end

It looks like the curve's last point is left out, and its strip with it. k points have k − 1
strips.
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return abs(np.trapezoid(tpr[:-1], fpr[:-1]))
