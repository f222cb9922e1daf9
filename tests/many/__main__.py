"""`python -m tests.many N FOLDER [--seed S] [--words 500]`: write N reports into FOLDER."""

import argparse
import time
from pathlib import Path
from statistics import mean, median

from tests import many


def main() -> None:
    """Write the reports, and print how many words and how many different sentences they hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.many", description=many.__doc__)
    parser.add_argument("n", type=int, metavar="N", help="number of reports")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where they are written")
    parser.add_argument("--seed", type=int, default=many.SEED)
    parser.add_argument("--words", type=int, default=many.WORDS, help="of a report, on average")
    options = parser.parse_args()
    began = time.perf_counter()
    paths = many.write(range(options.n), options.folder, seed=options.seed, words=options.words)
    seconds = time.perf_counter() - began
    texts = [path.read_text(encoding="utf-8") for path in paths]
    lengths = [len(text.split()) for text in texts] or [0]
    print(
        f"{len(paths):,} reports in {seconds:.1f} s: {sum(lengths):,} words, {mean(lengths):,.0f} "
        f"a report (median {median(lengths):,.0f}, {min(lengths):,} to {max(lengths):,}); "
        f"{many.distinct(texts):.1%} of the sentences are new"
    )


if __name__ == "__main__":
    main()
