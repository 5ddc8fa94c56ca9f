"""The page that takes files in."""
