"""Reports that missions owe headquarters."""
