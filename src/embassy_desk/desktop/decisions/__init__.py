"""What two people wrote without seeing each other: one question each, to be decided."""
