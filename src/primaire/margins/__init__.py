"""How many ballots overturn what: every margin of a contest that matters, in the way of the judge of elections."""
