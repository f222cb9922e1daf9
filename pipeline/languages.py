"""The language of a text or of a phrase."""

import re
from functools import cache, lru_cache

_WORDS = re.compile(r"[^\W\d_]+")
_SAMPLE = 400


def language(text: str) -> tuple[str, float]:
    """ISO 639-1 code of the main language, and its probability.

    Words are sampled evenly over the whole text, so that a long list of foreign titles at one
    end does not decide.
    """
    words = _WORDS.findall(text)
    step = max(1, len(words) // _SAMPLE)
    runs = [" ".join(words[i : i + 8]) for i in range(0, len(words), 8 * step)]
    return phrase_language(" ".join(runs))


@lru_cache(maxsize=50_000)
def phrase_language(phrase: str) -> tuple[str, float]:
    """ISO 639-1 code of a few words, and its probability."""
    code, probability = _identifier().classify(phrase)
    return str(code), float(probability)


@cache
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
