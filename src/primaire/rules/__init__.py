"""Electoral rules as data: small TOML files, and the few parts that they are composed of."""
