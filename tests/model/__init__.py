"""The executable model of synchronisation, and real stores driven by it."""
