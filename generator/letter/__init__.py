"""Data and wording to a letter: a list of blocks that know where they came from."""
