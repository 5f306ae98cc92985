"""From a table of cells and its mapping to the model: units, contests, candidates, totals."""
