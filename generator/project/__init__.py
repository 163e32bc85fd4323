"""A whole edition, loaded and composed."""
