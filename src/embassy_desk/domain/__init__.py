"""What a mission knows and which rules hold: no I/O, no clock, no Qt, no SQL."""
