"""Primaire's own format: typed by hand, written by `convert`, and asked by DuckDB."""
