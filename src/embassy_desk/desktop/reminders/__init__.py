"""The reminder centre: what has rung, put off or seen to; a bell in the tray where there is one."""
