"""The language of a text or of a phrase."""

import re
from functools import cache, lru_cache

_WORDS = re.compile(r"[^\W\d_]+")
_SAMPLE = 400
_ENGLISH = ("en", "pcm", "jam", "sco")


def language(text: str) -> tuple[str, float, float]:
    """ISO 639-1 code of the main language, its probability, and the probability of English.

    Words are sampled evenly over the whole text, so that a long list of foreign titles at one
    end does not decide. English full of names is at times taken for an English creole.
    """
    words = _WORDS.findall(text)
    step = max(1, len(words) // _SAMPLE)
    runs = [" ".join(words[i : i + 8]) for i in range(0, len(words), 8 * step)]
    ranked = _identifier().rank(" ".join(runs))
    english = sum(float(p) for code, p in ranked if code in _ENGLISH)
    return str(ranked[0][0]), float(ranked[0][1]), english


@lru_cache(maxsize=50_000)
def phrase_language(phrase: str) -> tuple[str, float]:
    """ISO 639-1 code of a few words, and its probability."""
    code, probability = _identifier().classify(phrase)
    return str(code), float(probability)


@cache
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
