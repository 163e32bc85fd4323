"""YAML files that people wrote, changed in place: what is not meant to change does not."""
