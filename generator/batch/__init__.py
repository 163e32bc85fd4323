"""Many letters in one go: which are concerned, made one by one, written whole."""
