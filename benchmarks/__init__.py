"""Speed as ratios to a yardstick that runs on the same machine at the same time: ``just bench``."""
