"""Ecological inference on plain arrays: what the counts of many units say about the table behind them."""
