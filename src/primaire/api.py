"""What ``import primaire`` offers: the way in, the analyses and the way out, each loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

EXPORTS = {
    "load": "primaire.sources",
    "results": "primaire.analysis.results",
    "turnout": "primaire.analysis.turnout",
    "swing": "primaire.analysis.swing",
    "transfers": "primaire.analysis.transfers",
    "compare": "primaire.analysis.compare",
    "blanks": "primaire.analysis.blanks",
    "outcome": "primaire.analysis.outcome",
    "indices": "primaire.analysis.indices",
    "seats": "primaire.analysis.seats",
    "margin": "primaire.analysis.margin",
    "reconstruct": "primaire.analysis.reconstruct",
    "diff": "primaire.analysis.diff",
    "revisions": "primaire.analysis.revisions",
    "info": "primaire.analysis.info",
    "places": "primaire.analysis.places",
    "mapped": "primaire.charts.mapped",
    "check": "primaire.checks.check",
    "findings": "primaire.checks.contradictions",
    "render_as": "primaire.render",
    "report": "primaire.reporting",
    "draw": "primaire.charts",
    "Style": "primaire.charts.style",
    "Picture": "primaire.charts.picture",
    "rules_called": "primaire.rules.shipped",
    "Returns": "primaire.schema",
    "Table": "primaire.table",
    "PrimaireError": "primaire.errors",
}
"""Each public name, and the module that defines it."""


def resolve(name: str) -> Any:
    """Return a public name's object. Raises AttributeError for any other name."""
    if name not in EXPORTS:
        raise AttributeError(f"module 'primaire' has no attribute {name!r}")
    return getattr(import_module(EXPORTS[name]), name)
