"""What a person sees of organisations."""
