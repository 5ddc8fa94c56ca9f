"""The record at the right of the window: what it is, what is due, its fields, rows and past."""
