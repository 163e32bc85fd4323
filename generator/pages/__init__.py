"""What the pages that we show have in common: each is one file, and closed to the world."""
