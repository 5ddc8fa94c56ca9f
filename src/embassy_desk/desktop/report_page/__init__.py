"""The page of reports: chosen, told what they need, looked at page by page, written to a file."""
