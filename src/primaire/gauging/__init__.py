"""Whole votes in single figures: votes, seats and units as :mod:`primaire.measures` takes them, contest by contest."""
