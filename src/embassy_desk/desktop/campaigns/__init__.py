"""What a person sees of campaigns."""
