"""ROC curves: guards for scores, the course's own fast curve, classifiers of the collider sample."""
