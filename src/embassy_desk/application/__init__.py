"""What a person can ask for: commands and queries per feature, and the office that runs them."""
