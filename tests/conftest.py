from hypothesis import settings

# How long an example takes says how busy the computer is, and no more.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
