"""What a person sees of countries."""
