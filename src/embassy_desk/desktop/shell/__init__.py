"""Main window, navigation, status bar, notices."""
