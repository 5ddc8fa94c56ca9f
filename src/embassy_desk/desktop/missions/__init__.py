"""What a person sees of missions."""
