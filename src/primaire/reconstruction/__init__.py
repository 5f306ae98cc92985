"""The whole numbers behind rounded percentages: every total and every vector of counts that a publication allows.

Exact: whole numbers throughout, no floating point. Knows nothing of elections but totals, shares and a remainder.
"""

from primaire.reconstruction.solver import Reconstruction, reconstruct

__all__ = ["Reconstruction", "reconstruct"]
