"""The labelling configuration that our tasks need in Label Studio."""

from collections.abc import Iterable
from xml.etree import ElementTree

from pipeline.exchange.label_studio import NAME, PART, PARTS, TEXT
from pipeline.knowledge import countries
from pipeline.records import LABELS

_COLOURS = ("#1f77b4", "#2ca02c", "#d62728", "#9467bd", "#ff7f0e", "#8c564b")
_PLAIN = "#cccccc"
_TIERS = tuple((str(tier), str(tier)) for tier in range(1, 5))


def configuration() -> str:
    """The configuration as XML: labels of names, sections with country and tier, placements."""
    view = ElementTree.Element("View")
    names = _tag(view, "Labels", name=NAME, toName=TEXT)
    for i, (label, colour) in enumerate(zip(LABELS, _COLOURS, strict=True), start=1):
        _tag(names, "Label", value=label, background=colour, hotkey=str(i))
    parts = _tag(view, "Labels", name=PART, toName=TEXT)
    for part in PARTS:
        _tag(parts, "Label", value=part, background=_PLAIN)
    _choices(view, "country", sorted((c.name, c.country_iso3) for c in countries()))
    _choices(view, "tier", _TIERS)
    _tag(view, "Text", name=TEXT, value=f"${TEXT}")
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def _choices(view: ElementTree.Element, name: str, values: Iterable[tuple[str, str]]) -> None:
    """What may be said of a section: the name that is shown, and the alias that is written."""
    choices = _tag(
        view,
        "Choices",
        name=name,
        toName=TEXT,
        choice="single",
        layout="select",
        perRegion="true",
        whenTagName=PART,
        whenLabelValue="SECTION",
    )
    for value, alias in values:
        _tag(choices, "Choice", value=value, alias=alias)


def _tag(above: ElementTree.Element, tag: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.SubElement(above, tag, attributes)
