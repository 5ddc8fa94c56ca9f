"""One module for each form in which a report is handed in."""
