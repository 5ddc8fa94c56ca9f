"""The home page: what needs me today, which agreements run out or move, who has gone quiet."""
