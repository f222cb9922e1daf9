"""Reference lines: what tells "Ministry of Finance (2019): Budget in Brief" from prose."""

import re
from dataclasses import replace

from pipeline.records import Block

MARKER = re.compile(
    r"(?:citations?|references?|sources?|bibliography|literature|further reading|notes)\s*:",
    re.IGNORECASE,
)
_YEAR = r"(?:1[89]|20)\d\d"
_NO_PREPOSITION = r"(?<!\bin )(?<!\bof )(?<!since )(?<!\bby )(?<!until )(?<!from )(?<!\bto )"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)

THRESHOLD = 1.25
# After these, alone on their line, everything up to the next heading is a reference.
LIST_MARKER = re.compile(
    r"(?:citations?\s*:.*|(?:references?|bibliography|literature|sources?|further reading)\s*:?)",
    re.IGNORECASE,
)

# (pattern, weight): a line is a reference from THRESHOLD on.
_SIGNS: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), weight)
    for pattern, weight in (
        (r"(?i)https?://|www\.|file:///|\bdoi\b|\bisbn\b", 2.0),
        (
            r"(?i)\b(?:accessed|retrieved|last (?:assessed|visited|checked)"
            r"|available (?:at|from|online|in))\b",
            2.0,
        ),
        (rf"^(?:[^.:]|\b\w{{1,3}}\.){{3,90}}\({_YEAR}(?:/\d+)?[a-z]?\)", 1.6),  # Author (2019):
        (rf"^[\w .,&’'-]{{2,60}}[ ,.]+{_NO_PREPOSITION}{_YEAR}[.:]", 1.2),  # SDG 2018. Title
        (r"^\w[\w’'-]+, (?:\w\.|\w+)[ ,]", 0.7),  # Surname, A.
        (r"(?:^|\s)(?:[A-Z]\. ?){1,3}[A-Z][\w’'-]+(?:,| and | et al)", 0.8),  # A. Surname,
        (r"\b(?:eds?\.|et al\.|pp?\. ?\d|vol\. ?\d|no\. ?\d)", 1.0),
        (r"\d+ ?\(\d+\)(?:,|:| )", 1.0),  # 36(4),
        (r"^[“\"‘„«]", 1.0),
        (r"[“\"][^”\"]{8,}[,.][”\"]", 0.6),
        (r"(?::|,|\(|,”|\)|/)$", 1.3),
        (rf"(?<!in ){_MONTH},? ?\d{{0,2}},? {_YEAR}\W*$|\d\d?\.? {_MONTH} {_YEAR}\W*$", 1.0),
        (rf"{_NO_PREPOSITION}\b{_YEAR}\W{{0,3}}$", 1.0),
        (r"^\d{1,2}\. ?\w", 0.5),
        (r"[\s(][\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}(?:/\S*)?$", 1.0),  # … dominikpeters.ch
        (r"(?i)\((?:hebrew|in [a-z]+)\)", 0.8),
        (r"\b(?:Press|Verlag|Publishing|Journal|Review|Förlag|Routledge|Springer|Palgrave)\b", 0.6),
        (r"(?i)^(?:see|cf\.) ", 0.8),
        (r"\w$", 0.7),  # no end of sentence
    )
)
# Finite verbs and articles of running English prose.
_PROSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|should|can|could|may|must|does|did|been|being"
    r"|however|which|that|there|its|their|these|this|while|although|since|such|also|not)\b"
)
# No English sentence does without one of these: what does is a title, or in another language.
_FUNCTION = re.compile(r"\b(?:the|an?|is|are|was|has|have|to|that|by|with)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"[a-z)”][.;!?] [A-Z]")


def weight(line: str, *, after_citation: bool = False) -> float:
    """How much `line` looks like a reference; THRESHOLD decides.

    Example:
        >>> weight("OECD (2018), Digital Government Review, accessed 3 May 2020.") > THRESHOLD
        True
        >>> weight("The agency, which was founded in 2012, has been successful.") > THRESHOLD
        False
    """
    if MARKER.match(line):
        return 5.0
    total = sum(value for sign, value in _SIGNS if sign.search(line))
    words = max(8, len(line.split()))
    total -= 14.0 * len(_PROSE.findall(line)) / words
    total -= 0.5 * max(0, len(_SENTENCES.findall(line)) - 3)
    total -= 0.03 * max(0, words - 35)
    if after_citation and words <= 40:
        total += 0.8 if _FUNCTION.search(line) else 1.8
    return total


def is_citation(line: str, *, after_citation: bool = False) -> bool:
    """Whether `line` is a reference."""
    return weight(line, after_citation=after_citation) >= THRESHOLD


def mark_citations(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """Turn the prose blocks that are references into citation blocks."""
    marked: list[Block] = []
    after = False
    for block in blocks:
        if block.role in ("prose", "list_item"):
            after = is_citation(block.of(text), after_citation=after)
            block = replace(block, role="citation") if after else block
        else:
            after = False
        marked.append(block)
    return tuple(marked)
