"""All figures of an edition as open data: one table, and a workbook that import reads."""
