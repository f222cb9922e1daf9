"""Exit statuses, and how a command says that it failed."""

import sys

OK, FAILED, USAGE = 0, 1, 2


class WrongUsage(Exception):
    """What was asked for cannot be meant; said in one line, with status `USAGE`."""


def fail_all(problems: str) -> int:
    """Say on stderr what went wrong, a line each.

    Returns:
        The status.
    """
    for problem in problems.splitlines():
        fail(problem)
    return FAILED


def fail(message: str, status: int = FAILED) -> int:
    """Say on stderr what went wrong.

    Returns:
        The status.
    """
    print(f"govtable: {message}", file=sys.stderr)
    return status
