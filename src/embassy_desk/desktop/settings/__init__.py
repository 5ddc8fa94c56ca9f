"""The settings of the person at this desk, as a dialog."""
