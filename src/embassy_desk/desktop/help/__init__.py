"""Help on F1: pages in both languages that came with the program."""
