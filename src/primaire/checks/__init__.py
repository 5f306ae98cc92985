"""Figures that contradict each other. They are shown as published; a finding says so, and accuses nobody."""

from primaire.checks.contradictions import findings
from primaire.checks.finding import Finding

__all__ = ["Finding", "findings"]
