"""Broken copies of the samples, and the judge of what becomes of them."""
