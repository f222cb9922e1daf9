"""The flows beside `reprocess`: how accurate it is, and new models."""

from pathlib import Path

from prefect import flow
from prefect.logging import get_run_logger

from pipeline.flow import artifacts
from pipeline.flow.hooks import notify
from pipeline.place import place


@flow(
    name="evaluate",
    description="Measures accuracy against gold annotations.",
    flow_run_name="accuracy on {gold}",
    on_failure=[notify],
    on_crashed=[notify],
)
def evaluate_accuracy(gold: str, raw: str = "raw", json_out: str | None = None) -> dict[str, float]:
    """Measure accuracy against gold annotations.

    Args:
        gold: Folder of gold annotations, or one file.
        raw: Folder of the reports that the gold names.
        json_out: File for the figures as JSON.

    Returns:
        F1 of each label.
    """
    from pipeline.evaluate import evaluate, show

    report = evaluate(Path(gold), place(raw))
    if json_out:
        show.save(report, Path(json_out))
    artifacts.after_evaluation(show.text(report), gold)
    return {label: row["exact"].f1 for label, row in report.mentions.items()}


@flow(
    name="train",
    description="Rebuilds models/ from the annotated corpus.",
    on_failure=[notify],
    on_crashed=[notify],
)
def train_models() -> dict[str, str]:
    """Rebuild the models from the annotated corpus in the repository.

    Returns:
        Of each model what it was fitted on.
    """
    from pipeline.train import train

    made = {}
    for path, about in train():
        get_run_logger().info("%s: %s", path, about)
        made[str(path)] = about
    return made
