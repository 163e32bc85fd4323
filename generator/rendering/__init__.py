"""A letter as HTML, as plain text and as PDF; all three from the same blocks."""
