"""This year's letters against last year's: what changed, in which letters, and why."""
