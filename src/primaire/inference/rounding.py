"""Whole numbers in place of fractions, in a table whose margins are whole."""

from __future__ import annotations
