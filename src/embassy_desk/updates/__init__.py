"""New versions of the program: proved, laid beside the old one, tried, switched to.

What may be believed is decided by The Update Framework (`tuf`), over the line and from a stick
alike. Nothing here knows the store or the window.
"""
