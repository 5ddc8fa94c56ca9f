"""The first run: a wizard that makes a store, or the demonstration; nothing before its end."""
