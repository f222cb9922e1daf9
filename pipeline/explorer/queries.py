"""Queries that a reader of the dataset is offered; those with `:name` ask for a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """A question in words and in SQL."""

    name: str
    title: str
    about: str
    sql: str


QUERIES = (
    Query(
        "agencies_of_a_country",
        "Agencies of a country",
        "Country as in NOR; the most often mentioned first.",
        """
select entity_id, name, acronym, n_mentions, n_documents
from entities
where label = 'AGENCY' and country_iso3 = upper(:country)
order by n_mentions desc, name
""",
    ),
    Query(
        "laws_by_year",
        "Laws by year",
        "Laws with a year: when adopted, in force, amended or repealed, as the reports say it.",
        """
select year_roles.year, year_roles.role, countries.name as country, entities.name as law,
  count(*) as n_statements
from year_roles
join entities using (entity_id)
left join countries on countries.country_iso3 = entities.country_iso3
where entities.label = 'LAW'
group by year_roles.year, year_roles.role, entities.entity_id
order by year_roles.year, law, year_roles.role
""",
    ),
    Query(
        "placements_in_an_index",
        "Placements in an index over its editions",
        "Part of the index's name, and a country as in NOR; both may be left empty.",
        """
select rankings.index_name, rankings.edition, countries.name as country, rankings.dimension,
  rankings.rank, rankings.out_of, rankings.value, rankings."check", documents.source
from rankings
join documents using (document_id)
left join countries on countries.country_iso3 = rankings.country_iso3
where instr(lower(rankings.index_name), lower(:index_name)) > 0
  and (:country = '' or rankings.country_iso3 = upper(:country))
order by rankings.index_name, country, rankings.dimension, rankings.edition
""",
    ),
    Query(
        "uncertain_sections",
        "Sections whose country is uncertain",
        "Below a probability such as 0.9, the least certain first.",
        """
select segments.segment_id, documents.source, segments.country_iso3, segments.country_confidence,
  segments.runner_up_iso3, segments.country_method
from segments
join documents using (document_id)
where segments.country_confidence < cast(:below as real)
order by segments.country_confidence, segments.segment_id
""",
    ),
    Query(
        "quarantined_documents",
        "Quarantined documents",
        "What could not be read, and why.",
        "select source, media_type, reason from documents\n"
        "where status = 'quarantined' order by source",
    ),
    Query(
        "entities_in_most_documents",
        "Entities in most documents",
        "The hundred that are mentioned most widely.",
        """
select entity_id, label, name, acronym, country_iso3, n_documents, n_mentions
from entities
order by n_documents desc, n_mentions desc, name
limit 100
""",
    ),
    Query(
        "grades_of_an_indicator",
        "Grades of an indicator by country",
        "Part of the indicator's name or question.",
        """
select panel.indicator, panel.edition, panel.country, panel.tier, panel.score_min, panel.score_max,
  panel.coverage
from panel
where instr(lower(panel.indicator), lower(:indicator)) > 0
order by panel.indicator, panel.edition, panel.tier is null, panel.tier, panel.score_max desc,
  panel.country
""",
    ),
)
