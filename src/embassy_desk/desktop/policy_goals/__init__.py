"""What a person sees of policy goals."""
