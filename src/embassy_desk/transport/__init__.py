"""The road to headquarters: HTTP client, error table, retries."""
