"""Seats shared out in proportion to votes, exactly."""

METHODS = ("dhondt",)
