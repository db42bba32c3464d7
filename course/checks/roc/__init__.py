"""Probes of unit 05."""

from course.checks.roc.decisions import (
    auc,
    auc_rank,
    best_threshold,
    counts_at,
    precision_recall,
    roc_curve,
    worst_group_tpr,
)
from course.checks.roc.intervals import bootstrap_auc

__all__ = [
    "auc",
    "auc_rank",
    "best_threshold",
    "bootstrap_auc",
    "counts_at",
    "precision_recall",
    "roc_curve",
    "worst_group_tpr",
]
