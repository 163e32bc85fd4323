"""Figures and people from spreadsheets into the data, and out of it as open data."""

import os

# The same figures give the same workbook, byte for byte, whether or not lxml is installed, too.
os.environ["OPENPYXL_LXML"] = "False"
