"""Pages written line by line with their roles: an outline without the layout stage."""

from pipeline.records import BANDS, Block, Layout, Outline, Role, TierStatement


def outline(*lines: tuple[Role, str], layout: Layout = "indicator") -> tuple[Outline, str]:
    """The outline and the text of lines given as (role, words); a question is its line."""
    text, blocks = "", []
    for role, words in lines:
        blocks.append(Block(start=len(text), end=len(text) + len(words), role=role))
        text += words + "\n"
    question = next((words for role, words in lines if role == "question"), None)
    found = Outline(layout=layout, blocks=tuple(blocks), question=question, indicator=question)
    return found, text


def statements(found: Outline, text: str, *tiers: int) -> list[TierStatement]:
    """The tier statements of a page, from its blocks of that role and their tiers."""
    blocks = [b for b in found.blocks if b.role == "tier_statement"]
    return [
        TierStatement(
            start=b.start,
            end=b.end,
            text=b.of(text),
            tier=tier,
            score_min=BANDS[tier][0],
            score_max=BANDS[tier][1],
            confidence=1.0,
            runner_up_tier=None,
        )
        for b, tier in zip(blocks, tiers, strict=True)
    ]
