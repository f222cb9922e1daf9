"""Samples as web pages, in the ways that sites write them; the sites' own parts are in `pages/`."""

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from html import escape
from pathlib import Path
from string import Template

from tests.formats.document import Element, Kind, title

_PAGES = Path(__file__).parent / "pages"
_ENDS = ("country", "score", "statement", "question", "heading", "title", "foot")
_WORD = re.compile(r"[^\W\d_]{3,}")
_BEFORE_NUMBER = re.compile(r" (?=\d)")


@dataclass(frozen=True)
class Look:
    """How a site writes its elements; templates have `{text}` and a running `{n}`.

    Attributes:
        whole: By kind, around an element or a joined run of them.
        each: By kind, around one element of a run.
        between: By kind, what joins a run of such elements; other kinds are not joined.
        closes: By kind, what ends the section that such an element opens.
        inline: Escapes and decorates running text.
        width: Columns at which the source is wrapped; 0 does not wrap.
    """

    whole: Mapping[Kind, str]
    each: Mapping[Kind, str] = field(default_factory=dict)
    between: Mapping[Kind, str] = field(default_factory=dict)
    closes: Mapping[Kind, str] = field(default_factory=dict)
    inline: Callable[[str], str] = partial(escape, quote=False)
    width: int = 0
    encoding: str = "utf-8"
    newline: str = "\n"


def html(elements: list[Element], style: str) -> bytes:
    """The sample as a web page in one of `STYLES`."""
    look = STYLES[style]
    page = Template((_PAGES / f"{style}.html").read_text("utf-8"))
    body = "\n".join(_body(elements, look))
    whole = page.substitute(title=escape(title(elements)), body=body)
    return whole.replace("\n", look.newline).encode(look.encoding, "xmlcharrefreplace")


def _body(elements: list[Element], look: Look) -> Iterator[str]:
    opened: Kind | None = None
    for n, run in enumerate(_runs(elements, look)):
        kind = run[0].kind
        if opened and kind in _ENDS and not (kind == "score" and opened != "country"):
            yield look.closes[opened]
            opened = None
        yield _wrap(_written(run, look, n), look.width)
        opened = kind if kind in look.closes else opened
    if opened:
        yield look.closes[opened]


def _runs(elements: list[Element], look: Look) -> list[list[Element]]:
    """Elements that are written together; paragraphs only across an empty line."""
    runs: list[list[Element]] = []
    for element in elements:
        same = bool(runs) and runs[-1][-1].kind == element.kind and element.kind in look.between
        if same and (element.gap or element.kind != "paragraph"):
            runs[-1].append(element)
        else:
            runs.append([element])
    return runs


def _written(run: list[Element], look: Look, n: int) -> str:
    kind = run[0].kind
    each = look.each.get(kind, "{text}")
    parts = (each.format(text=look.inline(element.unmarked), n=n) for element in run)
    return look.whole[kind].format(text=look.between.get(kind, "").join(parts), n=n)


def _wrap(source: str, width: int) -> str:
    if not width:
        return source
    return textwrap.fill(source, width, break_long_words=False, break_on_hyphens=False)


def _busy(text: str) -> str:
    """Links, emphasis and spans around single words, typographer's apostrophes, hard blanks."""
    count = iter(range(len(text)))
    decorated = _WORD.sub(lambda m: _decorated(m.group(), next(count)), escape(text, quote=False))
    return _BEFORE_NUMBER.sub("&nbsp;", decorated).replace("'", "&#8217;")


def _decorated(word: str, n: int) -> str:
    if word in ("amp", "quot"):
        return word
    if n % 9 == 4:
        return f"<em>{word}</em>"
    if n % 13 == 7:
        return f'<a href="/glossary/{word.lower()}" class="term">{word}</a>'
    return f'<span lang="en">{word}</span>' if n % 17 == 11 else word


_PLAIN = Look(
    whole={
        "title": "<h1>{text}</h1>",
        "question": "<h2>{text}</h2>",
        "heading": "<h2>{text}</h2>",
        "statement": '<p class="statement"><strong>{text}</strong></p>',
        "score": '<p class="score">{text}</p>',
        "scale": "<p>{text}</p>",
        "country": "<h3>{text}</h3>",
        "paragraph": "<p>{text}</p>",
        "list_item": "<ul>\n{text}</ul>",
        "citation": '<p class="sources">{text}</p>',
        "furniture": "<p>{text}</p>",
        "foot": "<p><small>{text}</small></p>\n<hr>",
    },
    each={"list_item": "<li>{text}</li>\n"},
    between={"list_item": "", "citation": "<br>\n"},
)
_ACCORDION = Look(
    whole={
        "title": '<h1 class="page__title">{text}</h1>',
        "question": '<p class="lead">{text}</p>',
        "heading": '<h2 id="h{n}">{text}</h2>',
        "statement": '<div class="tier"><p>{text}</p></div>',
        "score": '<div class="score">{text}</div>',
        "scale": '<div class="scale__step">{text}</div>',
        "country": '<div class="accordion__item"><h3><button type="button" aria-expanded="false"'
        ' aria-controls="p{n}">{text}</button></h3>\n<div id="p{n}" role="region" hidden>',
        "paragraph": "<p>{text}</p>",
        "list_item": '<ul class="list">{text}</ul>',
        "citation": '<div class="citations">{text}</div>',
        "furniture": '<div class="note">{text}</div>',
        "foot": '<div class="slide__foot">{text}</div>',
    },
    each={"list_item": "<li>{text}</li>", "citation": "<p>{text}</p>"},
    between={"list_item": "", "citation": ""},
    closes={"country": "</div></div>"},
)
_DIVS = Look(
    whole={
        "title": '<div class="h1"><span>{text}</span></div>',
        "question": '<div class="question"><strong>{text}</strong></div>',
        "heading": '<div class="h3"><strong>{text}</strong></div>',
        "statement": '<div class="row"><div class="col-9 criterion">{text}</div></div>',
        "score": '<div class="row"><div class="col-1 points"><span>{text}</span></div></div>',
        "scale": '<div class="points">{text}</div>',
        "country": '<div class="h4 country"><strong>{text}</strong></div>',
        "paragraph": '<div class="text">{text}</div>',
        "list_item": '<div class="list">{text}</div>',
        "citation": '<div class="refs">{text}</div>',
        "furniture": '<div class="misc">{text}</div>',
        "foot": '<div class="misc foot">{text}</div>',
    },
    each={
        "list_item": '<div class="item"><span class="dot">&bull;</span> {text}</div>',
        "citation": "<div>{text}</div>",
    },
    between={"list_item": "", "citation": "", "paragraph": "<br /><br />"},
    inline=_busy,
    width=88,
)
_SPAN = "<span lang=EN-GB style='mso-ansi-language:EN-GB'>{text}<o:p></o:p></span>"
_BULLET = (
    "<p class=MsoListParagraph style='margin-left:36.0pt;text-indent:-18.0pt'><![if !supportLists]>"
    "<span style='font-family:Symbol'>&middot;<span style='font:7.0pt \"Times New Roman\"'>"
    f"&nbsp;&nbsp;&nbsp; </span></span><![endif]>{_SPAN}</p>"
)
_WORDLIKE = Look(
    whole={
        "title": f"<p class=MsoTitle>{_SPAN}</p>",
        "question": f"<h1>{_SPAN}</h1>",
        "heading": f"<h2>{_SPAN}</h2>",
        "statement": f"<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>{_SPAN}</b></p>",
        "score": f"<p class=MsoNormal align=right style='text-align:right'>{_SPAN}</p>",
        "scale": f"<p class=MsoNormal>{_SPAN}</p>",
        "country": f"<h3>{_SPAN}</h3>",
        "paragraph": f"<p class=MsoNormal>{_SPAN}</p>\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>",
        "list_item": _BULLET,
        "citation": f"<p class=MsoFootnoteText>{_SPAN}</p>",
        "furniture": f"<p class=MsoNormal>{_SPAN}</p>",
        "foot": f"<p class=MsoFooter>{_SPAN}</p>",
    },
    width=76,
    encoding="cp1252",
    newline="\r\n",
)
_TABLE = Look(
    whole={
        "title": '<font size="5"><b>{text}</b></font><br><br>',
        "question": "<b><i>{text}</i></b><br><br>",
        "heading": "<b>{text}</b><br>",
        "statement": '<table width="100%"><tr><td><b>{text}</b></td></tr></table>',
        "score": '<font size="4" color="#990000">{text}</font><br>',
        "scale": "{text}<br>",
        "country": '<table border="0" width="100%" cellpadding="4"><tr><td>\n'
        '<a name="c{n}"></a><font size="3"><b>{text}</b></font><br>',
        "paragraph": "{text}<br>",
        "list_item": "<ul>{text}\n</ul>",
        "citation": '<font size="1">{text}</font><br>',
        "furniture": "{text}<br>",
        "foot": "<center>{text}</center><hr>",
    },
    each={"list_item": "\n<li>{text}"},
    between={"list_item": "", "citation": "<br>\n", "paragraph": "<br><br>\n"},
    closes={"country": "</td></tr></table>"},
)
_DETAILS = Look(
    whole={
        **_PLAIN.whole,
        "question": '<p role="doc-subtitle">{text}</p>',
        "statement": "<h2>{text}</h2>",
        "heading": "<section>\n<h2>{text}</h2>",
        "score": '<p class="score" aria-label="Score">{text}</p>',
        "country": "<details>\n<summary>{text}</summary>",
        "citation": '<ol class="references">{text}</ol>',
        "furniture": '<aside class="info">{text}</aside>',
    },
    each={"list_item": "<li>{text}</li>\n", "citation": "<li><cite>{text}</cite></li>\n"},
    between={"list_item": "", "citation": ""},
    closes={"country": "</details>", "heading": "</section>"},
)
STYLES = {
    "plain": _PLAIN,
    "accordion": _ACCORDION,
    "divs": _DIVS,
    "word": _WORDLIKE,
    "table": _TABLE,
    "details": _DETAILS,
}
