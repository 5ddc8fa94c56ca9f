"""Parts that any screen may use and no screen owns."""
