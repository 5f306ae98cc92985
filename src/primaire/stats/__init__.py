"""Statistics on plain arrays: distributions and tests that know nothing of elections."""
