"""What a person sees of tasks."""
