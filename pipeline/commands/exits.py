"""Exit statuses, and how a command says that it failed."""

import sys

OK, FAILED, USAGE = 0, 1, 2


def fail(message: str, status: int = FAILED) -> int:
    """Say on stderr what went wrong.

    Returns:
        The status.
    """
    print(f"govtable: {message}", file=sys.stderr)
    return status
