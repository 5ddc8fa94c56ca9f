"""What a person sees of accreditations."""
