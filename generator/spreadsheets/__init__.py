"""Figures and people from spreadsheets into the data, and out of it as open data."""
