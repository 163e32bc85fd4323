"""What a person has looked at and accepted: until it changes, it is no problem any more."""
