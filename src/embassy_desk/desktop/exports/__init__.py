"""The log of what was taken out of the desk."""
