"""One editor for each look of a value; the field's shape chooses."""
