"""Key slots, unlocking, forgetting."""
