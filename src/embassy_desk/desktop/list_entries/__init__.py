"""What a person sees of the entries of controlled lists."""
