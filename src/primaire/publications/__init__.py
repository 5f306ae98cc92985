"""Publications of one result beside each other: what changed between two, and whether counting more votes explains it."""
