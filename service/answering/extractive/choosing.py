"""Chooses among the sentences that may answer: how many, and in which order they are told."""

import re
from collections.abc import Sequence

from retrieval.article import Region
from service.answering import PARLEY, Choosing, Policy, Rule
from service.answering.asked import Question, Wanted
from service.answering.extractive.context import Chosen
from service.answering.extractive.differing import matters, published
from service.answering.extractive.scoring import Candidate
from service.english import (
    CAPITAL,
    HAVE,
    OWNERS,
    PRESENTLY,
    SMALL,
    SUBJECTS,
    any_of,
    plain_words,
    quoted_spans,
    words,
    words_of,
)

_FIGURES = re.compile(r"\d[\d.,]*\b")
_LABEL = re.compile(r"[^:“\"]{1,40}: ")  # of an interview
_EMPTY = words_of("said says told added asked replied answered reporters yes thank thanks know don't")
_LEAST = 3  # words
_PRESENTLY = re.compile(rf"\b(?:{any_of(PRESENTLY)})\b", re.I)
_GIVES = re.compile(
    r"\b(?:because|since|due to|owing to|thanks to|citing|cited|blam(?:ed|ing)|so that|lest|amid|in order to"
    r"|(?:in|to|as a) protest)\b",
    re.I,
)
_GOES_ON = re.compile(
    rf"(?:{any_of(map(str.title, (*SUBJECTS, 'the')))})(?: \w+)? (?:(?:{any_of(HAVE)}) )?"
    r"(?:cited|cites|blamed|blames|put (?:it|this|that) down to|gave (?:as )?(?:\w+ )?reasons?)\b"
    rf"|(?:{any_of(map(str.title, (*OWNERS, 'the')))}) (?:\w+ )?reasons?\b"
    r"|(?:That|This|It)(?: is| was|[’']s) because\b"
)
_AS_REASON = 0.2  # of the likeliest's chance, which a quotation that may give the reason must have
_NEXT = 2  # characters between a sentence and the next
_DATELINE = re.compile(rf"{CAPITAL}{{3,}}[^.!?“]{{0,60}}? [—–-]+ ")


def choose(
    asks: Question, order: Sequence[Candidate], chosen: Sequence[Candidate] = (), policy: Policy = PARLEY
) -> list[Candidate]:
    """The likeliest, and whatever else is nearly as likely. What was chosen for parts of the question is told
    in any case."""
    by = policy.choosing
    order = policy.by(Rule.HEADINGS, _without_headings(asks, order, by), list(order))
    least = max(one.chance for one in order) * (by.told if asks.wide() else by.single)
    picked = list(chosen) or [order[0]]
    for candidate in order:
        if len(picked) >= max(by.most, len(chosen)):
            break
        if candidate.chance >= least and not any(says_again(one, candidate, policy) for one in picked):
            picked.append(candidate)
    return in_telling_order(picked)


def _without_headings(asks: Question, order: Sequence[Candidate], by: Choosing) -> list[Candidate]:
    """A heading tells in short what a sentence below it tells whole: it is told where none of its article is
    nearly as likely and has the name, day or figure asked for too; of another question only first."""
    body = [one for one in order if one.sentence.region is not Region.HEADLINE]
    of_kind = asks.kind is not Wanted.OTHER

    def stays(one: Candidate) -> bool:
        article, its = one.passage.article, one.would
        would = words(article.text[its.start : its.end]) if its and of_kind else set[str]()
        below = (c for c in body if c.passage.article.id == article.id and would <= words(c.text))
        return (one is order[0] or of_kind) and not any(c.chance >= by.told * one.chance for c in below)

    kept = [one for one in order if one in body or stays(one)]
    return kept or list(order[:1])


def latest_first(
    asks: Question, order: Sequence[Candidate], by: Choosing = PARLEY.choosing
) -> list[Candidate]:
    """Where it is asked how things stand now: of those that are nearly as likely as the likeliest, name all
    that it names of what is asked about, and whose days are known, the latest first."""
    if not _PRESENTLY.search(asks.asked()):
        return list(order)
    least, of_it = order[0].chance * by.single, matters(asks) & words(order[0].text)
    near = [one for one in order if one.chance >= least and of_it <= words(one.text)]
    if not all(one.passage.article.facts.published for one in near):
        return list(order)
    return [*sorted(near, key=published, reverse=True), *(one for one in order if one not in near)]


def with_reason(asks: Question, picked: Sequence[Candidate], order: Sequence[Candidate]) -> list[Candidate]:
    """Where it is asked why: behind the likeliest the sentence that follows it, if that begins by giving a
    reason ("It cited falling sales") or quotes whom the likeliest reports, where that itself gives none."""
    first = picked[0]
    if asks.kind is not Wanted.REASON or _GIVES.search(first.text):
        return list(picked)
    behind = [
        one
        for one in order
        if one.passage.article.id == first.passage.article.id
        and 0 <= one.sentence.start - first.sentence.end <= _NEXT
        and (_GOES_ON.match(one.text) or _goes_on_in_quotation(one, first))
    ]
    return [first, *behind[:1], *(one for one in picked[1:] if one not in behind[:1])]


def _goes_on_in_quotation(one: Candidate, first: Candidate) -> bool:
    """Whether it is mostly quotation, of the same speaker, and says something else."""
    who, whose = (set(plain_words((its.said.speaker if its.said else None) or "")) for its in (one, first))
    quoted = sum(span.end - span.start for span in quoted_spans(one.text))
    same = bool(who and whose) and (who <= whose or whose <= who) and 2 * quoted > len(one.text)
    return same and one.chance >= _AS_REASON * first.chance and not alike(one.text, first.text)


def says_something(text: str) -> bool:
    """Not "Roe: I don't know." or "No comment." alone."""
    own = set(plain_words(_LABEL.sub("", text))) - SMALL - _EMPTY
    return len(own) >= _LEAST or bool(_FIGURES.search(text))


def says_again(one: Chosen, other: Chosen, policy: Policy) -> bool:
    """Whether a sentence says nothing new; what another outlet reports too is new unless it is a copy."""
    same = one.passage.article.id == other.passage.article.id
    if not same and _figures(one.text) != _figures(other.text):
        return False  # a copy but for the figure is the other side
    share = policy.choosing.alike if same else policy.choosing.copy
    return alike(one.text, other.text, share=share) and Rule.ONCE in policy.rules


def _figures(text: str) -> set[str]:
    """Without a dateline's."""
    return set(_FIGURES.findall(text, dateline.end() if (dateline := _DATELINE.match(text)) else 0))


def in_telling_order(picked: Sequence[Candidate]) -> list[Candidate]:
    """The answer first, as news has it; then the rest as it reads, its own article's before others'."""
    return [picked[0], *in_reading_order(picked[1:], first=picked[0])]


def in_reading_order(picked: Sequence[Candidate], *, first: Candidate | None = None) -> list[Candidate]:
    """Articles by their first pick, sentences of an article as they stand in it."""
    known = ([first] if first else []) + list(picked)
    articles = list(dict.fromkeys(p.passage.article.id for p in known))
    return sorted(picked, key=lambda p: (articles.index(p.passage.article.id), p.sentence.start))


def alike(one: str, other: str, *, share: float = PARLEY.choosing.alike) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    a, b = words(one), words(other)
    return len(a & b) >= share * max(1, min(len(a), len(b)))
