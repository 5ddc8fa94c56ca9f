"""Boards: cards in columns by state; moving a card takes the guarded step."""
