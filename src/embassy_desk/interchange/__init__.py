"""Foreign files in and out: frozen candidates, no store."""
