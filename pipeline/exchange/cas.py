"""UIMA CAS, which INCEpTION reads and writes: JSON both ways, XMI only in.

Offsets in the files are UTF-16 code units, as Java counts; cassis turns them into code points and
back.
"""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.corrections import NONE
from pipeline.exchange.annotated import FIELDS, KINDS, Annotated, Annotation, Kind, span

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

_DOCUMENT = "govtable.Document"
_TYPES: dict[Kind, str] = {kind: f"govtable.{kind.capitalize()}" for kind in KINDS}
# Features beside those of `FIELDS`.
_MORE: dict[Kind, tuple[str, ...]] = {
    "mention": ("label", "confidence", "method"),
    "segment": ("score_min", "score_max", "country_confidence", "runner_up_iso3"),
    "ranking": ("ranking_id", "qualifier", "check"),
}
_IDS = ("document_id", "source", "sha256")
_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"  # INCEpTION's own layer
_META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_TEXT = "uima.cas.String"


def _cassis() -> Any:
    """The library.

    Raises:
        ValueError: If it is not installed.
    """
    try:
        import cassis
    except ImportError:
        raise ValueError(
            "CAS needs dkpro-cassis: pip install -e '.[annotate]' in the folder of govtable"
        ) from None
    return cassis


def type_system() -> "TypeSystem":
    """The types of our annotations."""
    types = _cassis().TypeSystem()
    document = types.create_type(_DOCUMENT, "uima.cas.AnnotationBase")
    for name in _IDS:
        types.create_feature(document, name, _TEXT)
    for kind in KINDS:
        new = types.create_type(_TYPES[kind], "uima.tcas.Annotation")
        for name in (*FIELDS[kind], *_MORE[kind]):
            types.create_feature(new, name, _TEXT)
    return types


def _with_meta() -> "TypeSystem":
    """Our types, and the one in which INCEpTION names the document."""
    types = type_system()
    meta = types.create_type(_META, "uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"):
        types.create_feature(meta, name, _TEXT)
    types.create_feature(meta, "isLastSegment", "uima.cas.Boolean")
    return types


def type_system_xml() -> str:
    """The types as INCEpTION imports them as layers."""
    text = type_system().to_xml()
    return text if text.startswith("<?xml") else f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def to_json(document: Annotated) -> str:
    """A document as CAS JSON."""
    types = type_system()
    cas = _cassis().Cas(types)
    cas.sofa_string, cas.sofa_mime = document.text, "text/plain"
    ids = {name: getattr(document, name) for name in _IDS}
    cas.add(types.get_type(_DOCUMENT)(**ids))
    for kind in KINDS:
        for a in document.of_kind(kind):
            cas.add(types.get_type(_TYPES[kind])(begin=a.start, end=a.end, **_features(a)))
    text: str = cas.to_json(pretty_print=True)
    return text + "\n"


def _features(a: Annotation) -> dict[str, str]:
    """What is said of an annotation. What is none is left empty, but for a mention's country."""
    own = {"label": a.label, "ranking_id": a.ref}
    told = {k: v for k, v in a.told.items() if v != NONE or a.kind == "mention"}
    names = (*FIELDS[a.kind], *_MORE[a.kind])
    found = {**a.notes, **told, **own}
    return {k: v for k, v in found.items() if k in names and v is not None}


def from_json(text: str, name: str) -> Annotated:
    """A document from CAS JSON.

    Raises:
        ValueError: If it cannot be understood.
    """
    return _loaded(lambda: _cassis().load_cas_from_json(text), name)


def from_xmi(path: Path, name: str) -> Annotated:
    """A document from an XMI file; a `TypeSystem.xml` beside it is read with it.

    Raises:
        ValueError: If it cannot be understood.
    """
    cassis = _cassis()
    beside = next((p for p in path.parent.iterdir() if p.name.lower() == "typesystem.xml"), None)

    def load() -> "Cas":
        if beside:
            with beside.open("rb") as file:
                types = cassis.load_typesystem(file)
        else:
            types = cassis.merge_typesystems(cassis.load_dkpro_core_typesystem(), _with_meta())
        with path.open("rb") as file:
            return cassis.load_cas_from_xmi(file, typesystem=types, lenient=True)

    found = _loaded(load, name)
    if beside:
        return found
    kinds = frozenset(a.kind for a in found.annotations)  # nothing says which layers there were
    return replace(found, kinds=kinds)


def _loaded(load: Any, name: str) -> Annotated:
    _cassis()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of types that it does not know
        warnings.filterwarnings("error", message="Not mapping")  # offsets that are none
        try:
            cas = load()
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - the library raises whatever it meets
            raise ValueError(f"{name} is no CAS that can be read: {error!r}") from error
    return _document(cas, name)


def _document(cas: "Cas", name: str) -> Annotated:
    text = cas.sofa_string
    if not isinstance(text, str):
        raise ValueError(f"{name}: the CAS has no text")
    ids = _ids(cas)
    kinds: list[Kind] = [kind for kind in KINDS if _has(cas, _TYPES[kind])]
    found = [_annotation(fs, kind, name) for kind in kinds for fs in _all(cas, _TYPES[kind])]
    named = not any(a.kind == "mention" for a in found) and any(_all(cas, _ENTITY))
    if named:
        found += [_named(fs, name) for fs in _all(cas, _ENTITY)]
    return Annotated(
        name=name,
        text=text,
        annotations=tuple(found),
        kinds=frozenset([*kinds, "mention"] if named else kinds),
        **ids,
    )


def _has(cas: "Cas", name: str) -> bool:
    return bool(cas.typesystem.contains_type(name))


def _ids(cas: "Cas") -> dict[str, str | None]:
    """What document it is; the tool's own name of it where ours is lost."""
    found = next(_all(cas, _DOCUMENT), None)
    if found is not None:
        return {name: _feature(found, name) for name in _IDS}
    meta = next(_all(cas, _META), None)
    title = _feature(meta, "documentTitle") or _feature(meta, "documentId")
    return {"source": title}


def _all(cas: "Cas", name: str) -> Iterator[Any]:
    return iter(cas.select(name)) if _has(cas, name) else iter(())


def _feature(fs: Any, name: str) -> str | None:
    value = getattr(fs, name, None)
    return None if value is None or not str(value).strip() else str(value).strip()


def _annotation(fs: Any, kind: Kind, name: str) -> Annotation:
    start, end = span(name, fs.begin, fs.end)
    told = {field: _feature(fs, field) for field in FIELDS[kind]}
    if kind != "mention":  # an emptied feature says that there is none
        told = {field: value or NONE for field, value in told.items()}
    label = _feature(fs, "label") if kind == "mention" else None
    if kind == "mention" and label is None:
        raise ValueError(f"{name}: the mention at {start}:{end} has no label")
    return Annotation(
        kind=kind,
        start=start,
        end=end,
        label=label,
        told={field: value for field, value in told.items() if value is not None},
        notes={k: v for k in _MORE[kind] if (v := _feature(fs, k)) is not None and k != "label"},
        ref=_feature(fs, "ranking_id") if kind == "ranking" else None,
    )


def _named(fs: Any, name: str) -> Annotation:
    """A mention in INCEpTION's own layer for names."""
    start, end = span(name, fs.begin, fs.end)
    label = _feature(fs, "value")
    if label is None:
        raise ValueError(f"{name}: the named entity at {start}:{end} has no value")
    return Annotation(kind="mention", start=start, end=end, label=label)
