"""Makes an ombudsman's annual letters: one YAML file per authority, shared wording, HTML and PDF.

The program is `generator.cli`; other programs use `generator.api`.
"""
