"""What keeps the store safe, in the window: locking, passphrase, recovery, backups."""
