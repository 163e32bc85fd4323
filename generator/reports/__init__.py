"""The ways to see a comparison: on the terminal, as a page, as data."""
