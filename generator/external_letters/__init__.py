"""Letters as others made or issued them, read back into what they say."""
