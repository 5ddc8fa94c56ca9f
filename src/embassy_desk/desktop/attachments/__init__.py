"""What a person sees of attachments."""
