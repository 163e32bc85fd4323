"""Checks: what can be wrong with an edition though every file of it can be read."""
