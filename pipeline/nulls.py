"""Why a cell may be empty: the meaning of null in every column that allows it."""

from collections.abc import Mapping

_COUNTRY_OF_THING = "international, or the country is unknown"
_SEGMENT = "it stands outside every segment"
_TIER = "no tier is known; segments.tier_reason says why"
_SCORES = "no score and no tier is known"
_YEAR_ONLY = "it is no YEAR"
_UNREAD = "the file was quarantined"
_NO_PAGES = "the format has no pages"
_NO_CODE = "no code is assigned"

NULLS: Mapping[str, Mapping[str, str]] = {
    "countries": {
        "iso2": _NO_CODE,
        "iso_numeric": _NO_CODE,
        "cow_code": "not a member of the state system of Correlates of War",
        "vdem_id": "V-Dem does not cover it",
    },
    "documents": {
        "reason": "the file was read",
        "layout": _UNREAD,
        "title": "the text gives none",
        "question": "it answers no single question",
        "indicator": "it is about no single indicator",
        "edition": "neither text nor path states it",
        "publisher": "the text does not name it",
        "country_iso3": "it is about several countries, or none is known",
        "language": _UNREAD,
        "n_chars": _UNREAD,
        "n_pages": _NO_PAGES,
        "n_empty_pages": _NO_PAGES,
    },
    "segments": {
        "country_iso3": "it is about no country, or the evidence does not say which",
        "question": "it answers no question",
        "indicator": "it is about no indicator",
        "tier": "no tier is known; tier_reason says why",
        "score_min": _SCORES,
        "score_max": _SCORES,
        "runner_up_iso3": "no other country is likely",
        "tier_reason": "there is a tier",
    },
    "blocks": {
        "page": _NO_PAGES,
        "path": "it stands under no heading",
        "segment_id": _SEGMENT,
    },
    "tier_statements": {
        "score_min": "no band of scores belongs to the grade",
        "score_max": "no band of scores belongs to the grade",
        "runner_up_tier": "no other grade is likely",
    },
    "entities": {
        "acronym": "none is known",
        "country_iso3": _COUNTRY_OF_THING,
        "first_year": "no year stands in its names",
        "last_year": "no year stands in its names",
    },
    "mentions": {
        "segment_id": _SEGMENT,
        "entity_id": "it is a YEAR, or stands in boilerplate",
        "country_iso3": _COUNTRY_OF_THING,
        "year_start": _YEAR_ONLY,
        "year_end": _YEAR_ONLY,
    },
    "rankings": {
        "segment_id": _SEGMENT,
        "country_iso3": "the text does not say which country is ranked",
        "index_entity_id": "the index is not mentioned by a name that was linked",
        "edition": "the text does not state it",
        "dimension": "it is the overall rank",
        "rank": "the placement is in words or a value only",
        "out_of": "the text does not state it",
        "value": "the text does not state it",
        "qualifier": "there is a rank or a value",
    },
    "citations": {
        "segment_id": _SEGMENT,
        "year": "the reference has none",
        "title": "it could not be told apart",
        "url": "the reference has none",
        "accessed": "the reference has none",
    },
    "year_roles": {
        "segment_id": _SEGMENT,
        "year": "the mention has none",
    },
    "coverage": {
        "segment_id": "there is no section; the country's is missing",
        "country_iso3": "the segment is about no known country",
    },
    "corrections": {
        "document_id": "the document is gone",
        "nth": "it is about every occurrence of the quote",
        "value": "the action takes none",
        "was": "the correction does not say",
        "start": "the quote was not found, or several times",
        "end": "the quote was not found, or several times",
        "note": "there is none",
    },
    "panel": {
        "edition": "neither text nor path states it",
        "tier": _TIER,
        "score_min": _SCORES,
        "score_max": _SCORES,
        "iso2": _NO_CODE,
        "iso_numeric": _NO_CODE,
        "cow_code": "not a member of the state system of Correlates of War",
        "vdem_id": "V-Dem does not cover it",
    },
}
