"""Small helpers, each for one lesson or two: measurements, tables of what clients do."""
