"""What a person sees of engagements."""
