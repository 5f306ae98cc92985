"""Ecological inference on plain arrays: who went where, from counts of units at two votes. It knows no elections."""

from primaire.inference.estimate import Estimate, fit

__all__ = ["Estimate", "fit"]
