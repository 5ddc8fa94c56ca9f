"""Headquarters in the window: exchanges beside the work, and how they stand."""
