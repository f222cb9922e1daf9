"""How long govtable takes and how much memory, as its data grow: `python -m tests.benchmarks`.

Drives the command line only, each command in a fresh process, over reports of `tests.many`. Every
step is written to a JSON file as soon as it is measured, so `--resume` goes on where a run ended.
"""
