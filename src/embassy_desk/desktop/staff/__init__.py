"""What a person sees of members of staff."""
