"""What a person sees of elevation cases."""
