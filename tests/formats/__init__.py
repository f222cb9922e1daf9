"""The sample reports in other file formats, and whether they say the same there."""
