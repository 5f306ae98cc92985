"""Analyses: each takes Returns and answers with a Table. They do not know each other."""
