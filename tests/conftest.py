"""What all tests share: property tests are not timed one by one, because a busy machine is not a fault."""

from hypothesis import settings

settings.register_profile("opposable", deadline=None)
settings.load_profile("opposable")
