"""List queries that need more than equality; they answer with frozen lines."""
