import os

from hypothesis import settings

# How long an example takes says how busy the computer is, and no more.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for a program that they have started."""
    return (os.cpu_count() or 1) + 1
