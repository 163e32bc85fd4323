"""A net for changes that are to change nothing: what the program did, recorded, and compared.

    .venv/bin/python -m tests.corpus record OLD --program CHECKOUT [--quick]
    .venv/bin/python -m tests.corpus compare OLD NEW [--allow FILE]

The program is known by its outside alone: a checkout with its `.venv`, files in, files out.
"""
