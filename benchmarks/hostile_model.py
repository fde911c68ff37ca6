"""What gets through of outputs that a dishonest, careless or broken model hands in.

    python -m benchmarks.hostile_model [--data DIR] [--outputs N] [--seed N] [--show N]

Each output is the JSON that a model says, mutated one way, over a passage of a news story (of DIR's suites
too), and goes the way of every answer: read, located, verified, numbered. A citation is bad if its words
don't stand at its place in an article that was shown; a statement, if it is served in words that are neither
an article's nor the true restatement that was mutated, or beside a quotation in words that aren't names of
the articles; another text, if it isn't the question's. True quotations, typeset otherwise, are counted where
they don't come through.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.hostile_ways import WAYS, Case
from benchmarks.minimal_pairs import Pair, Story, in_turn, pairs
from benchmarks.mutants import TYPESET, letters
from benchmarks.verifier import Rate, corpora
from prompts import Rendered, load
from retrieval.article import Article, Chunk, Facts, Hit, Region, RegionSpan
from retrieval.segment import sentences
from retrieval.timing import Timings
from service.answering import UNWATCHED, Draft, Passage, Proposal, Statement, Watch
from service.answering.composed import Assembly, Composed, Composer, quote_path
from service.answering.extractive import nothing_found
from service.answering.generative import AnswerPrompts, GenerativeAnswerer
from service.answering.verified import Exhibit, Verdicts, Word
from service.model import Schema, Spent, always_there
from tests.fault_llm.answers import stated, whole

_QUESTION = "What is reported about it, and by whom?"


@dataclass
class Outcome:
    """Counts by way of mutating."""

    outputs: Counter[str] = field(default_factory=Counter)
    bad_citations: Counter[str] = field(default_factory=Counter)
    bad_statements: Counter[str] = field(default_factory=Counter)
    bad_texts: Counter[str] = field(default_factory=Counter)
    worded: int = 0
    true: int = 0
    refused: int = 0
    shown: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Says:
    said: str
    name: str = "hostile"

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        yield self.said


class _Otherwise:
    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        return nothing_found(question)


@dataclass(frozen=True, slots=True)
class _Watch:
    assembly: Assembly
    left: bool = False

    def draft(self, draft: Draft) -> int:
        return self.assembly.take(draft)

    def look(self) -> int:
        return self.assembly.look()

    def settle(self) -> int:
        return self.assembly.settle()


class Credulous:
    """A judge that finds everything borne out."""

    def of(self, statement: str, quotations: Sequence[Exhibit]) -> Word:
        return Word.YES

    def wait(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Served:
    composed: Composed
    unanswered: tuple[str, ...]
    about: tuple[str, ...]


def served(case: Case, said: str, prompts: AnswerPrompts, verdicts: Verdicts | None = None) -> Served:
    articles = {(p.article.id, p.article.version): p.article for p in case.passages}
    assembly = Assembly(
        lambda id_, version: articles[id_, version].text if (id_, version) in articles else None,
        Composer(lambda id_, version: articles[id_, version], quote_path),
        tell=lambda statement, citations: None,
        timings=Timings(),
        verdicts=verdicts,
    )
    answerer = GenerativeAnswerer(Says(said), prompts, _Otherwise(), None)
    proposal = answerer.answer(_QUESTION, case.passages, timings=Timings(), watch=_Watch(assembly))
    assembly.conclude(proposal)
    about = tuple(conflict.about for conflict in assembly.conflicts(proposal))
    return Served(assembly.composed(), proposal.unanswered, about)


def cases(stories: Sequence[Story], *, seed: int, each: int) -> list[Case]:
    chance = random.Random(seed)
    made = pairs(stories, seed=seed, each=each)
    texts = sorted({pair.text for pair in made})
    return [
        Case(pair, (passage("a_1", pair.text, pair.start), passage("a_2", _another(texts, pair, chance), 0)))
        for pair in made
    ]


def _another(texts: Sequence[str], pair: Pair, chance: random.Random) -> str:
    return chance.choice([text for text in texts if text != pair.text])


def passage(id_: str, text: str, at: int) -> Passage:
    """Some sentences of the text about a place of it."""
    whole_text = RegionSpan(Region.BODY, 0, len(text))
    every = sentences(text, (whole_text,))
    place = next((n for n, s in enumerate(every) if s.end > at), len(every) - 1)
    some = every[max(0, place - 1) : place + 3]
    start, end = some[0].start, some[-1].end
    chunk = Chunk(f"{id_}c", id_, 1, start, end, Region.BODY, some, "", text[start:end])
    article = Article(
        id_, 1, text, "", "", Facts(outlet=id_), (whole_text,), datetime(2026, 1, 1, tzinfo=UTC)
    )
    return Passage(Hit(chunk, None, None, 1.0), article, some)


def run(
    stories: Sequence[Story], *, seed: int, count: int, show: int = 0, verdicts: Verdicts | None = None
) -> Outcome:
    chance, outcome = random.Random(seed), Outcome()
    prompts = AnswerPrompts(load("answer"), load("repair"))
    known = cases(stories, seed=seed, each=max(20, count // 20))
    for number in range(count):
        case = chance.choice(known)
        way = list(WAYS)[number % len(WAYS)]
        made = WAYS[way](case, chance)
        said = made if isinstance(made, str) else json.dumps(made)
        _judge(outcome, way, case, served(case, said, prompts, verdicts), show=show)
        if number % 4 == 0:
            _typeset(outcome, case, chance, prompts)
    return outcome


def _judge(outcome: Outcome, way: str, case: Case, answer: Served, *, show: int) -> None:
    texts = {p.article.id: p.article.text for p in case.passages}
    outcome.outputs[way] += 1
    for citation in answer.composed.citations:
        quote = citation.quote
        bad = texts.get(quote.article_id, "")[quote.start : quote.end] != quote.text
        outcome.bad_citations[way] += bad
    quotes = {citation.id: citation.quote.text for citation in answer.composed.citations}
    for statement in answer.composed.statements:
        own = _own(statement, quotes)
        true = (case.pair.true, case.pair.text, case.other)
        bad = bool(own) and not any(letters(own) in letters(text) for text in true)
        bad = bad and not (statement.kind == "quote" and _leads_in(own, (case.pair.text, case.other)))
        outcome.worded += bool(own) and not bad and statement.kind != "quote"
        outcome.bad_statements[way] += bad
        if bad and len(outcome.shown) < show:
            outcome.shown.append(f"{way}\n    {case.quote}\n    {own}")
    outside = [text for text in answer.unanswered if text not in _QUESTION]
    outside += [text for text in answer.about if text.lower() not in _QUESTION.lower()]
    outcome.bad_texts[way] += len(outside)


def _own(statement: Statement, quotes: Mapping[int, str]) -> str:
    """The words of a statement that aren't its quotations; of a notice none, they are code's."""
    if statement.kind == "notice":
        return ""
    return "".join(p.text for p in statement.parts if p.citation is None or p.text != quotes[p.citation])


def _leads_in(own: str, texts: Sequence[str]) -> bool:
    """Whether what stands beside a quotation in our words is names of the articles and marks."""
    phrases = re.split(r"[,:\[\]]|\bon\b|\bto\b|The (?:two )?sentences? before", own)
    return all(any(letters(phrase) in letters(text) for text in texts) for phrase in phrases)


def _typeset(outcome: Outcome, case: Case, chance: random.Random, prompts: AnswerPrompts) -> None:
    _, other = chance.choice(TYPESET)
    said = json.dumps(whole(stated(other(case.quote, chance), case.key)))
    outcome.true += 1
    cited = served(case, said, prompts).composed.citations
    outcome.refused += not any(case.quote in citation.quote.text for citation in cited)


def report(outcome: Outcome) -> None:
    print(f"{sum(outcome.outputs.values())} outputs of a hostile model")
    print(f"  {'':42}{'outputs':>8}{'citations':>11}{'statements':>12}{'texts':>7}   bad")
    for way, count in outcome.outputs.items():
        bad = outcome.bad_citations[way], outcome.bad_statements[way], outcome.bad_texts[way]
        print(f"  {way:42}{count:8}{bad[0]:11}{bad[1]:12}{bad[2]:7}")
    totals = (outcome.bad_citations, outcome.bad_statements, outcome.bad_texts)
    print(f"  {'all':42}{sum(outcome.outputs.values()):8}{sum(totals[0].values()):11}", end="")
    print(f"{sum(totals[1].values()):12}{sum(totals[2].values()):7}")
    print(f"  true restatements served as worded: {outcome.worded}")
    print(f"  true quotations, typeset otherwise, refused: {Rate(outcome.refused, outcome.true)}")
    for line in outcome.shown:
        print(f"SERVED {line}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Hand in what a hostile model would.")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--outputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    stories = in_turn(corpora(args.data), seed=args.seed)
    report(run(list(stories), seed=args.seed, count=args.outputs, show=args.show))


if __name__ == "__main__":
    main()
