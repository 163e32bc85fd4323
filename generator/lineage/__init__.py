"""Whose letter it was last year, where a figure came from, and how the next edition begins."""
