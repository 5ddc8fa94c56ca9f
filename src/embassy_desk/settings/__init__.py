"""What can be set, by whom, and what it is when nobody set it."""
