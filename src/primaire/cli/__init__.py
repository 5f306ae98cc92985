"""The command line: from words to one walk through the house, and back to a terminal or a file."""
