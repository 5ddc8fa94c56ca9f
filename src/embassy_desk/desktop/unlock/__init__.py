"""The page that asks for the passphrase; light, because it is painted before anything loads."""
