"""Runs that are cut off, starved or disturbed in any way, and the judge of what they leave."""
