"""What a person sees of contacts."""
