"""The list in the middle of the window: one kind, filtered, sorted, page by page."""
