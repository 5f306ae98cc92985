"""Two votes as what an estimate of transfers takes: options on either side, counted unit by unit."""
