"""Lead-ins made of what is known of an article and of when and where its words were said. Verification makes
them anew from what is stored, so that nothing else passes for one.
"""

from enum import StrEnum

from retrieval.article import Facts
from service.answering import Said, has_marker, headings, marks_for
from service.answering.said import said_on
from service.answering.verified.plain import is_plain
from service.english import is_outlet


class Lead(StrEnum):
    ARTICLE = "article"
    OUTLET = "outlet"  # of the article, or its title
    DAY = "day"  # on which it was said
    PUBLISHED = "published"
    PLACE = "place"  # where, or to whom, it was said


def known_lead(lead: Lead, said: Said | None, facts: Facts) -> str | None:
    """None where that isn't known."""
    told = _TELLS[lead](said or Said(), facts)
    return f"{told}: " if told and not has_marker(told) else None


def is_known_lead(text: str, said: Said | None, facts: Facts) -> bool:
    return any(text == known_lead(lead, said, facts) for lead in Lead)


def _article(_: Said, facts: Facts) -> str | None:
    title = facts.title if facts.title and is_plain(facts.title) else None
    opening, closing = marks_for(title or "")
    outlet = facts.outlet if facts.outlet and is_plain(facts.outlet) else None
    known = (
        outlet,
        headings.day(facts.published) if facts.published else None,
        f"{opening}{title}{closing}" if title else None,
    )
    return ", ".join(part for part in known if part) or None


def _outlet(_: Said, facts: Facts) -> str | None:
    """Whose words they are, where nobody is said to say them."""
    if facts.outlet and is_plain(facts.outlet):
        return facts.outlet
    opening, closing = marks_for(facts.title or "")
    return f"{opening}{facts.title}{closing}" if facts.title and is_plain(facts.title) else None


def _on_day(said: Said, facts: Facts) -> str | None:
    if said.when is None:
        return None
    day = said_on(said.when, facts.published)
    told = said.when[:1].upper() + said.when[1:]
    return f"{told} ({headings.day(day)})" if day else told


def _published(_: Said, facts: Facts) -> str | None:
    return f"Published on {headings.day(facts.published)}" if facts.published else None


def _place(said: Said, _: Facts) -> str | None:
    if said.venue is None:
        return f"To {said.to}" if said.to else None
    return f"On {said.venue}" if is_outlet(said.venue) else said.venue


_TELLS = {
    Lead.ARTICLE: _article,
    Lead.OUTLET: _outlet,
    Lead.DAY: _on_day,
    Lead.PUBLISHED: _published,
    Lead.PLACE: _place,
}
