"""What a person sees of obligations."""
