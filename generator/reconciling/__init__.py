"""The figures of all letters together: their sums, last year's, and what is unlikely."""
