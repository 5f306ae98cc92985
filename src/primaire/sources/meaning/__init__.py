"""What the columns of a table mean: mappings, and how they are guessed, written, and brought by other packages."""
