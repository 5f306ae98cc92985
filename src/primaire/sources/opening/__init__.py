"""From a source to tables of cells: what kind of file it is, what it is packed in, how its text is written."""
