"""Reports that were signed off."""
