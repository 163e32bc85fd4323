"""Next year's edition from this one: copied, its dates moved on, its figures still to come."""
