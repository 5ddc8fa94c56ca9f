"""The calendar: month, week and agenda."""
