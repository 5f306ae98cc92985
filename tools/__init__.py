"""Chores of the house, each run by a recipe of the justfile as ``python -m tools.NAME``."""
