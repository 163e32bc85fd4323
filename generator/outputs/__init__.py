"""An output folder: what was made of which letter, from what, and whether it still holds."""
