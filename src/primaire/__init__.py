"""primaire: election results, from a file to what they mean.

>>> import primaire
>>> returns = primaire.load("conflans")
>>> table = primaire.swing(returns)
>>> round(float(table.frame["butler"].iloc[0]), 3)
8.253
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from primaire.version import VERSION

if TYPE_CHECKING:
    from primaire.analysis.blanks import blanks
    from primaire.analysis.compare import compare
    from primaire.analysis.diff import diff
    from primaire.analysis.indices import indices
    from primaire.analysis.info import info
    from primaire.analysis.margin import margin
    from primaire.analysis.outcome import outcome
    from primaire.analysis.places import places
    from primaire.analysis.reconstruct import reconstruct
    from primaire.analysis.results import results
    from primaire.analysis.revisions import revisions
    from primaire.analysis.seats import seats
    from primaire.analysis.swing import swing
    from primaire.analysis.transfers import transfers
    from primaire.analysis.turnout import turnout
    from primaire.charts import draw
    from primaire.charts.mapped import mapped
    from primaire.charts.picture import Picture
    from primaire.charts.style import Style
    from primaire.checks.check import check
    from primaire.checks.contradictions import findings
    from primaire.errors import PrimaireError
    from primaire.render import render_as
    from primaire.reporting import report
    from primaire.rules.shipped import rules_called
    from primaire.schema import Returns
    from primaire.sources import load
    from primaire.table import Table

__version__ = VERSION

__all__ = [
    "Picture",
    "PrimaireError",
    "Returns",
    "Style",
    "Table",
    "__version__",
    "blanks",
    "check",
    "compare",
    "diff",
    "draw",
    "findings",
    "indices",
    "info",
    "load",
    "mapped",
    "margin",
    "outcome",
    "places",
    "reconstruct",
    "render_as",
    "report",
    "results",
    "revisions",
    "rules_called",
    "seats",
    "swing",
    "transfers",
    "turnout",
]


def __getattr__(name: str) -> Any:
    # The analyses load pandas; `primaire --help` must not.
    from primaire.api import resolve

    return resolve(name)


def __dir__() -> list[str]:
    return sorted(__all__)
