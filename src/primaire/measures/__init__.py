"""Indices of votes and seats: pure functions on whole numbers, each with its formula, its range and its paper."""
