"""Libraries in C that only one thread may use at a time."""

from threading import Lock

PDFIUM = Lock()
"""Held while anything of pdfium is used; the library keeps one state for the whole process."""
