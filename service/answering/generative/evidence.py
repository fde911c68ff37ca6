"""From what a model stated to a draft: the sentences that it cites become quotations.

Only sentences that were shown have a key, so a quotation can come from no other article, and is whole: "the
deal is dead" is no quotation of "it is false that the deal is dead". What is made here is a proposal still;
service/answering/verified/verify.py decides.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retrieval.article import Quote, Span
from service.answering import Draft, DraftPart, Passage, StatementKind
from service.answering.extractive import Cited
from service.answering.extractive import draft as standing_alone
from service.answering.generative.streamed import Stated
from service.answering.said import said_in, said_of
from service.answering.verified import Lead, known_lead

NO_SUCH_PASSAGE = "no_such_passage"
NO_EVIDENCE = "uncited"
TOO_LONG = "too_long"
_MOST_CITED = 12  # sentences of one statement
_MOST_SENTENCES = 3  # of one quotation
_LONGEST = 600  # code points of a statement


def keyed(passages: Sequence[Passage]) -> dict[str, Cited]:
    """The sentences by their keys, P1.1, P1.2, P2.1, ...: an article's passages together and in its order,
    the articles in that of their first ones. Without those that another article is cited for."""
    first = {passage.article.id: at for at, passage in reversed(list(enumerate(passages)))}
    ordered = sorted(passages, key=lambda p: (first[p.article.id], p.hit.chunk.start))
    return {
        f"P{number}.{at}": Cited(passage, sentence, said.get(sentence))
        for number, passage in enumerate(ordered, start=1)
        for said in [said_in(passage)]
        for at, sentence in enumerate(passage.hit.chunk.sentences, start=1)
        if sentence not in passage.hit.again
    }


def drafted(stated: Stated, shown: Mapping[str, Cited], refused: Counter[str]) -> Draft | None:
    """The statement with the quotations that it cites; None where there is none.

    `refused` counts by reason what was not found. The statement's text stands in the first part; further
    quotations follow in parts without text.
    """
    if len(stated.text) > _LONGEST:
        refused[TOO_LONG] += 1
        return None
    parts = quoted(stated.cites, shown, refused)
    if not parts:
        refused[NO_EVIDENCE] += 1
        return None
    first, *rest = parts
    return Draft(StatementKind.PARAPHRASE, (replace(first, text=stated.text), *rest))


def quoted(cites: Sequence[str], shown: Mapping[str, Cited], refused: Counter[str]) -> list[DraftPart]:
    """What the keys stand for, as parts without text, each with who said it: sentences of one speaker that
    follow each other in a passage are one quotation."""
    known = [key for key in dict.fromkeys(cites) if key in shown]
    refused[NO_SUCH_PASSAGE] += len(dict.fromkeys(cites)) - len(known)
    return [_part(run) for run in _runs([shown[key] for key in known[:_MOST_CITED]])]


def _part(run: Sequence[Cited]) -> DraftPart:
    quote = run[0].passage.quote(Span(run[0].sentence.start, run[-1].sentence.end))
    return DraftPart("", quote, said_of(quote, run[0].passage.article.text))


def _runs(cited: Sequence[Cited]) -> list[list[Cited]]:
    """In the order of what was cited first of each."""
    runs: list[list[Cited]] = []
    for one in sorted(cited, key=lambda each: (each.passage.hit.chunk.id, each.sentence.start)):
        if runs and len(runs[-1]) < _MOST_SENTENCES and _goes_on(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return sorted(runs, key=lambda run: min(cited.index(one) for one in run))


def _goes_on(one: Cited, other: Cited) -> bool:
    sentences = one.passage.hit.chunk.sentences
    speakers = {said.speaker if said else None for said in (one.said, other.said)}
    return (
        one.passage is other.passage
        and sentences.index(other.sentence) == sentences.index(one.sentence) + 1
        and len(speakers) == 1
    )


def standing_in(quote: Quote, passage: Passage) -> tuple[Draft, ...]:
    """Each sentence of a quotation as the extractive answer would tell it: with its speaker, or the sentence
    that it leans on; where nobody is said to say it, with the article's outlet."""
    inside = [s for s in passage.hit.chunk.sentences if quote.start <= s.start and s.end <= quote.end]
    said = said_in(passage)
    return tuple(_led_in(Cited(passage, sentence, said.get(sentence))) for sentence in inside)


def _led_in(cited: Cited) -> Draft:
    draft = standing_alone(cited)
    said = draft.parts[-1].said
    lead = known_lead(Lead.OUTLET, said, cited.passage.article.facts)
    bare = len(draft.parts) == 1 and not (said and said.speaker)
    return replace(draft, parts=(DraftPart(lead), *draft.parts)) if bare and lead else draft
