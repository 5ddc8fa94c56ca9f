"""What a person sees. The only Qt."""
