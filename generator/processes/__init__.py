"""Processes beside this one: how they come to be and end, and what they may cost."""
