"""The trash of every kind at once: looked at, and brought back from."""
