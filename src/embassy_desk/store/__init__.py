"""Where records lie: units of work, rows, finders, change log, search, attachments, backups."""
