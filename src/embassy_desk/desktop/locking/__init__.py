"""When the desk locks by itself, and what is cleared away when it does."""
