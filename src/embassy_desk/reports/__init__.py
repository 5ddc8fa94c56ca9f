"""What a report says, as a document model, and the writers of its forms."""
