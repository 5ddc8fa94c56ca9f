"""Embassy Desk: a local-first desk for missions abroad."""

__version__ = "0.1.0"
