"""primaire: election results, from a file to what they mean."""

__version__ = "0.1.0"
