"""What a mission chose for its official papers."""
