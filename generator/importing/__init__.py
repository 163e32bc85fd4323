"""Figures from spreadsheets: read, explained, and put into the authorities' files."""
