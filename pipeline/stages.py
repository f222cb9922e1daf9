"""The stages a document passes, and what the outcome of each depends on besides the document.

Code is found by following the imports; the files of data are declared here, and the tests watch
which ones each stage opens. A stage whose parts are as they were is not passed again
(`pipeline.provenance`, `pipeline.steps`).
"""

from dataclasses import dataclass

_NAMES = ("agencies.csv", "strategies.csv", "laws.csv", "platforms.csv", "indices.csv")
_EVIDENCE = (
    "countries.csv",
    "evidence.csv",
    "guards.csv",
    "languages.csv",
    "letters.csv",
    "notions.csv",
    "scripts.csv",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage.

    Attributes:
        about: What it does, for people.
        code: Modules it enters by; what they import counts, too.
        models: Files under `models/`.
        reference: Files under `pipeline/reference/`.
        settings: Names of the settings it obeys.
    """

    name: str
    about: str
    code: tuple[str, ...]
    models: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


STAGES = (
    Stage(
        name="read",
        about="bytes to the canonical text",
        code=("pipeline.read",),
        settings=(
            "max_bytes",
            "max_chars",
            "max_pages",
            "max_expanded_bytes",
            "max_read_seconds",
            "max_read_memory",
            "max_line_chars",
            "min_letters",
            "min_english",
        ),
    ),
    Stage(
        name="tiers",
        about="layout, and the grades of answer scales",
        code=("pipeline.layout", "pipeline.tiers"),
        models=("choice.npz", "encoder", "tiers.npz"),
        reference=(*_NAMES, *_EVIDENCE, "degrees.csv", "publishers.tsv", "openers.csv"),
    ),
    Stage(
        name="segments",
        about="which stretch is about which country",
        code=("pipeline.segment",),
        models=("sections.json",),
        reference=(*_NAMES, *_EVIDENCE, "openers.csv"),
    ),
    Stage(
        name="names",
        about="names and years",
        code=("pipeline.extract",),
        models=("clusters.tsv", "names"),
        reference=(*_NAMES, *_EVIDENCE, "heads.csv", "generic.csv", "lookalikes.csv"),
        settings=("mention_threshold",),
    ),
    Stage(
        name="facts",
        about="entities, placements, years of strategies and laws, references",
        code=(
            "pipeline.correcting",
            "pipeline.link",
            "pipeline.entities",
            "pipeline.rankings",
            "pipeline.lifecycle",
            "pipeline.citations",
            "pipeline.visible",
            "pipeline.rows",
        ),
        reference=(*_NAMES, *_EVIDENCE, "heads.csv"),
        settings=("max_seconds",),
    ),
    Stage(
        name="tables",
        about="the dataset from the results of all documents",
        code=("pipeline.parts", "pipeline.write"),
        models=("accuracy.json",),
        reference=("countries.csv", "indices.csv"),
    ),
)
