"""What a person sees of contact lists."""
