"""The one figure that a map shows of each place, and why a place has none."""
