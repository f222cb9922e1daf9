"""Object stores for tests: an S3 server in this process, and its memory."""

import itertools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import s3fs
from moto.s3.responses import S3Response
from moto.server import ThreadedMotoServer

from pipeline.place import Place, place

_number = itertools.count()


@contextmanager
def server() -> Iterator[str]:
    """Run an S3 server, which s3:// means here and in processes started meanwhile.

    Yields:
        Its address.
    """
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    with _one_write_at_a_time():
        running.start()
        host, port = running.get_host_and_port()
        told = {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }
        try:
            with patch.dict(os.environ, told):
                s3fs.S3FileSystem.clear_instance_cache()  # those have another server's address
                yield told["AWS_ENDPOINT_URL"]
        finally:
            s3fs.S3FileSystem.clear_instance_cache()
            running.stop()


def bucket() -> Place:
    """A new, empty bucket."""
    name = f"bucket-{os.getpid()}-{next(_number)}"
    new = place(f"s3://{name}")
    new.fs.mkdir(name)
    return new


def memory() -> Place:
    """A new, empty place in this process's memory: a store without conditions, but a fast one."""
    return place(f"memory://memory-{next(_number)}")


@contextmanager
def _one_write_at_a_time() -> Iterator[None]:
    """Have conditional writes be atomic, as in S3; moto looks first and writes later."""
    real, one = S3Response.put_object, threading.Lock()

    def put_object(self):
        with one:
            return real(self)

    with patch.object(S3Response, "put_object", put_object):
        yield
