"""The pipeline under Prefect, which only this package imports; `reprocessing` is the map.

- `reprocess`          brings a dataset up to date
- `evaluate_accuracy`  measures accuracy against gold annotations
- `train_models`       rebuilds the models
- `execute`            runs `reprocess` once, in this process
- `serve`              runs `reprocess` on a schedule

docs/scheduling.md says how to deploy them.
"""

from pipeline import server

server.prepare()  # Prefect reads its environment once, on import

from pipeline.flow.once import execute  # noqa: E402
from pipeline.flow.reprocessing import reprocess  # noqa: E402
from pipeline.flow.serving import serve  # noqa: E402
from pipeline.flow.upkeep import evaluate_accuracy, train_models  # noqa: E402

__all__ = ["evaluate_accuracy", "execute", "reprocess", "serve", "train_models"]
