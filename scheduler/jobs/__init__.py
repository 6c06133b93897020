"""The fixed few jobs; each takes the house, may run twice harmlessly and reads the time once."""
