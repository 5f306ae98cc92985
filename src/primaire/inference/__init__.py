"""Ecological inference on plain arrays: who went where, from counts of units at two votes. It knows no elections."""

from primaire.inference.bounds import bounds
from primaire.inference.estimate import Estimate, fit
from primaire.inference.rounding import whole

__all__ = ["Estimate", "bounds", "fit", "whole"]
