"""The two steps of a run: batches of documents to kept rows, kept rows to the dataset.

`pipeline.plan` decides what is to do; `pipeline.workers` and `pipeline.flow` call these functions,
without and with Prefect.
"""

from pipeline.processing import process_batch, quarantine
from pipeline.publish import publish

__all__ = ["process_batch", "publish", "quarantine"]
