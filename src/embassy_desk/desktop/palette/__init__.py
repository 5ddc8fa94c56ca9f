"""The command palette: records, commands, sections and settings in one box."""
