"""Records that may be of one: pairs, side by side, merged or kept apart."""
