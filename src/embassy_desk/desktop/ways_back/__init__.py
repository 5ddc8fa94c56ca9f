"""Ways back to the records: a forgotten passphrase, a backup, and what prepares for both."""
