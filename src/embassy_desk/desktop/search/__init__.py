"""The one search over everything, at the top of the window."""
