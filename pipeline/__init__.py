"""govtable: from governance reports to a normalised, validated, citable dataset.

The journey of one report (`pipeline.journey`), a stage a module:

- `read`       bytes -> `Report`: the canonical text on which every offset rests
- `layout`     report -> blocks that tile the text, each with a role
- `tiers`      statements -> tier and score band
- `segment`    blocks -> country sections with tier and score
- `extract`    segments -> mentions of agencies, strategies, laws, platforms, indices, years
- `link`       mentions -> entities
- `rankings`   sentences with an index -> placements
- `tables`, `check`, `write`: records -> data frames -> checked -> `outputs/`

`pipeline.flow` runs the journey under Prefect, `pipeline.cli` is the command line.
"""

__version__ = "0.1.0"
