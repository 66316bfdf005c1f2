"""The output's bias that predicts the base rate before anything is learned, from an array of targets."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]


def mean(y: Numbers) -> Numbers:
    """The mean of each column."""
    return np.atleast_1d(np.mean(y, axis=0))


def log_mean(y: Numbers) -> Numbers:
    """The logarithm of the mean of each column."""
    with np.errstate(divide="ignore"):
        return np.log(mean(y))


def mean_log(y: Numbers) -> Numbers:
    """The mean of the logarithms of each column."""
    return mean(np.log(y))


def logit(p: Numbers) -> Numbers:
    """log(p / (1 - p))."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(p) - np.log1p(-p))


def logit_mean(y: Numbers) -> Numbers:
    """The logit of the mean of each column."""
    return logit(mean(y))


def log_frequencies(y: Numbers) -> Numbers:
    """The logarithm of each class's share, for class numbers from 0."""
    counts = np.bincount(y.astype(np.int64).ravel())
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(counts / counts.sum()))


def logit_above(y: Numbers) -> Numbers:
    """The logit of the share of targets above each level but the last, for levels from 0."""
    levels = np.arange(int(y.max()))
    above = np.asarray(y.ravel()[:, None] > levels)
    return logit(mean(above))
