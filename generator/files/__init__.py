"""Files read within bounds, and written whole: all that belong together or none."""
