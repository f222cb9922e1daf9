"""Settings that all tests share."""

from hypothesis import settings

# The same examples at every run: a red test is the change's fault, never chance.
settings.register_profile("govtable", deadline=None, derandomize=True, database=None)
settings.load_profile("govtable")
