"""A Dask cluster of two worker processes: prints its address, ends when its input ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import PIPE, Popen


@contextmanager
def running(workers: int = 2) -> Iterator[tuple[str, int]]:
    """A cluster in processes of its own while the block runs.

    Yields:
        Its address, and the id of the process above its workers.
    """
    command = [sys.executable, "-m", "tests.benchmarks.cluster", str(workers)]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdout and process.stdin
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise OSError("the Dask cluster did not start")
            yield address, process.pid
        finally:
            process.stdin.close()


def main() -> None:
    """Run a cluster until the input ends."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=int(sys.argv[1]), threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
