"""Harnesses that take the power, the disk and single bits away from the real program."""
