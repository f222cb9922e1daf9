"""Tables of data, whose rows are lines, apart from tables that only lay out a page."""

from selectolax.lexbor import LexborNode

_PROSE = 60  # words of a cell that is no datum
_STRUCTURE = "h1, h2, h3, h4, h5, h6, ul, ol, table table, p + p, br + br, pre, button, details"


def is_data(table: LexborNode) -> bool:
    """Whether the rows of a table belong together cell by cell."""
    if table.attributes.get("role") == "presentation" or table.css_first(_STRUCTURE):
        return False
    rows = table.css("tr")
    if not any(len(row.css("td, th")) >= 2 for row in rows):
        return False
    return all(len(cell.text(deep=True).split()) <= _PROSE for cell in table.css("td, th"))
