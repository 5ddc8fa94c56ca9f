"""What a person sees of agreements."""
