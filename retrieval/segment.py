"""Sentences with exact offsets, and the groups of them that become chunks.

Boundaries come from sentencex (https://github.com/wikimedia/sentencex), paragraph by paragraph, and are
corrected where it errs on news. A quotation of several sentences stays together with who said it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from sentencex import get_sentence_boundaries

from retrieval.article import Region, RegionSpan, Sentence
from retrieval.lines import blocks, is_hard_wrapped, lines, listed

CHUNKER_VERSION = "1"
MAX_SENTENCE = 1200  # code points
TARGET_WORDS = 100
MOST_WORDS = 150
FEWEST_WORDS = 30
MOST_SENTENCES = 25  # in a group: a text of one-word lines would cost six times the time

# Corrections, each of an error seen in public news and encyclopedia text.
_OPENING_AT_END = re.compile(r"""(?<=\s)["'“‘«(\[]+\s*$""")  # 'He left. "| But then'
_CLOSING_AT_START = re.compile(r"""["'”’»)\]]+(?=\s|$)""")  # 'exchange.|" Fourteen states'
_HOUR = re.compile(r"\b[ap]\.\s?m\.\s*$", re.IGNORECASE)  # '5 p.m.| ET', '11 a.m.| Monday'
_AFTER_HOUR = re.compile(
    r"(?:[ECMP][SD]?T|CEST|GMT|BST|UTC|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|local|[A-Z][a-z]+ time)"
)
# 'Geo.| T. Roe', 'Pt.| Despair', 'Capt.| Roe': they stand before a name alone.
_BEFORE_NAME = re.compile(
    r"(?:^|[\s(,])(?:Geo|Chas|Jos|Wm|Jas|Thos|Benj|Robt|Edw|Pt|Mt|Capt|Cmdr|Lt|Sgt|Supt|Insp|Det|Msgr|Prof|Hon"
    r"|Stn|Mstr|med|approx|vs|et|seq|cf|resp|incl|viz)\.\s*$"
)
_LABEL, _LABEL_ENDS = re.compile(r"\W{0,3}(?:[QA]|\d{1,3})\.\s*"), 8  # "A.| No, I left.", "2.| Pay"
_SHORT_BEFORE = re.compile(r"(?:^|[\s(])(?:[^\W\d_]{1,4}|\d{1,3})\.\s*$")  # '302 Sqn.| was', 'the 4.| day'
_GOES_ON = re.compile(r"[^\W\d_]")
# '$285/t.| Its rival', '40 km/h.| He', '12 m.| It': to sentencex each is an initial.
_UNIT = re.compile(
    r"""(?:[$£€]\d[\d.,]*(?:\s?[a-z]{1,4})?|(?<=\d)\s?(?:[km]?m|[km]?g|m?l|t|mi))/(?=[dghlmstwy]\.\s["“‘(]?[A-Z])"""
    r"""|(?<=\d)\s(?=[glmt]\.\s["“‘(]?(?:He|She|It|They|We|I|His|Her|Its|Their|The|This|That|But|And)\b)"""
)
_INITIAL = re.compile(r"(?:^|\s)[^\W\d_a-zA-Z]\.\s*$")  # 'Г.| Иванов'
_GLUED = re.compile(r"[^\W\d_][^\W\d_]*[\s,.’']")  # 'Assam, India.|The state', not 'latebud.|JPG'
_ADDRESS = re.compile(r"[/@_=\\]")
_LAST_MARK = re.compile(r"""[.!?…]["'”’)]*\s|[,;:—–]\s""")
_SPACE = re.compile(r"\s")

_LEANS = re.compile(
    r"[“\"]?(?:He|She|It|They|We|I|His|Her|Its|Their|This|That|These|Those|But|And|However|So|Then|Such)\b"
    r"|.{0,200}[,?!][”\"] (?:he|she|they|it) (?:said|added|told|continued|wrote)\b",
    re.DOTALL,
)
_AT_A_TIME = 10_000  # code points: far more than a paragraph has
_NEAR, _LONGEST_TOKEN = 16, 200  # code points
_LEANING_COST, _PARAGRAPH_COST = 0.12, 0.05


@dataclass(frozen=True, slots=True)
class _Cost:
    total: float
    previous: int


def sentences(text: str, regions: Sequence[RegionSpan], *, most: int | None = None) -> tuple[Sentence, ...]:
    """In order, trimmed of white space, not overlapping; together they hold every character of the regions
    that isn't white space, or are the first `most`. None crosses a blank line or a region, or exceeds
    MAX_SENTENCE.

    A line break ends a sentence, unless the text is hard-wrapped.
    """
    wrapped = is_hard_wrapped(text)
    every = (
        Sentence(start, end, region.kind)
        for region in regions
        for first, last in _paragraphs(text, region, wrapped=wrapped)
        for start, end in _sentence_spans(text, first, last)
    )
    return tuple(islice(every, most))


def group_sentences(
    text: str, sentences: Sequence[Sentence], *, fits: Callable[[str], bool]
) -> tuple[tuple[Sentence, ...], ...]:
    """Consecutive whole sentences of one kind, about TARGET_WORDS words to a group, at most MOST_WORDS.

    A headline is a group of its own, so a subhead ends the group before it. Groups break between
    paragraphs rather than within, and rather not before a sentence that leans on the one before. What
    `fits` refuses is split at a sentence; a sentence that alone doesn't fit stands alone.
    """
    groups: list[tuple[Sentence, ...]] = []
    for run in _runs(text, sentences):
        whole = [run] if run[0].region is Region.HEADLINE else _packed(text, run)
        for group in whole:
            groups.extend(_fitting(text, group, fits))
    return tuple(groups)


def _paragraphs(text: str, region: RegionSpan, *, wrapped: bool) -> Iterator[tuple[int, int]]:
    every = lines(text, region.start, region.end)
    if wrapped:
        for block in blocks(tuple(every)):
            for part in listed(block):
                yield part[0].start, part[-1].end
    else:
        for line in every:
            yield line.start, line.end


def _sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    paragraph = text[start:end].replace("\n", " ")  # as long as before, and a margin is no boundary
    for first, last in pairwise([0, *_cuts(paragraph), len(paragraph)]):
        for piece_start, piece_end in _pieces(paragraph, first, last):
            raw = paragraph[piece_start:piece_end]
            words = raw.strip()
            if words:
                begin = start + piece_start + len(raw) - len(raw.lstrip())
                yield begin, begin + len(words)


def _cuts(paragraph: str) -> list[int]:
    """Where sentences end within the paragraph, corrected: rising, none at either end."""
    cuts: list[int] = []
    for boundary in _boundaries(paragraph):
        cut = _corrected(paragraph, cuts[-1] if cuts else 0, boundary)
        if cut is not None and (cuts[-1] if cuts else 0) < cut < len(paragraph):
            cuts.append(cut)
    return cuts


def _boundaries(paragraph: str) -> Iterator[int]:
    """Where sentencex ends sentences, the paragraph's end aside. It is given so much at a time, because it
    takes the square of the length where quotation marks stay open."""
    start = 0
    while start < len(paragraph):
        window = paragraph[start : start + _AT_A_TIME]
        read = _UNIT.sub(lambda unit: unit[0][:-1] + "-", window)
        ends = [start + found["end_index"] for found in get_sentence_boundaries("en", read)]
        if start + len(window) == len(paragraph):
            yield from ends[:-1]
            return
        whole = ends[:-1] or ends  # the last may go on after the window: it's looked at again
        yield from whole
        start = whole[-1]


def _corrected(paragraph: str, start: int, cut: int) -> int | None:
    """The cut moved to where it belongs, or None for no boundary."""
    near = max(start, cut - _NEAR)  # looking further back would cost the square of a hostile text's length
    opening = _OPENING_AT_END.search(paragraph, near, cut)
    if opening:
        return opening.start()
    if not paragraph[cut - 1].isspace() and not paragraph[cut : cut + 1].isspace():
        return _glued(paragraph, cut)
    before = paragraph[near:cut]
    after = paragraph[cut : cut + _NEAR].lstrip()
    if _HOUR.search(before) and _AFTER_HOUR.match(after):
        return None
    if _INITIAL.search(before) and after[:1].isupper():
        return None
    if cut < _LABEL_ENDS and _LABEL.fullmatch(paragraph[:cut]):
        return None
    if _BEFORE_NAME.search(before) and after[:1].isalnum():
        return None
    lower = after[:1].islower() and not after[1:2].isupper()  # 'iPhone' begins a sentence
    return None if lower and _GOES_ON.match(after) and _SHORT_BEFORE.search(before) else cut


def _glued(paragraph: str, cut: int) -> int | None:
    """A boundary without white space: after closing quotes, between ideographs, or where one is missing."""
    closing = _CLOSING_AT_START.match(paragraph, cut)
    if closing:
        return closing.end()
    if not paragraph[cut - 1].isascii() or paragraph[cut] == "[":
        return cut
    left, right = paragraph[max(0, cut - _LONGEST_TOKEN) : cut], paragraph[cut : cut + _LONGEST_TOKEN]
    token = left.rpartition(" ")[2] + right.partition(" ")[0]
    missing = paragraph[cut].isupper() and _GLUED.match(paragraph, cut) and not _ADDRESS.search(token)
    return cut if missing and paragraph[cut + 1 : cut + 2].islower() else None


def _pieces(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span, cut where it exceeds MAX_SENTENCE: after the last sentence or clause mark in the second half
    of what is allowed, else at the last white space, else hard."""
    while end - start > MAX_SENTENCE:
        limit = start + MAX_SENTENCE
        marks = [m.end() for m in _LAST_MARK.finditer(paragraph, start + MAX_SENTENCE // 2, limit)]
        spaces = marks or [m.end() for m in _SPACE.finditer(paragraph, start + 1, limit)]
        cut = spaces[-1] if spaces else limit
        yield start, cut
        start = cut
    yield start, end


def _runs(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """Sentences of one kind with no other kind between; of headlines, those of one line."""
    run: list[Sentence] = []
    for sentence in sentences:
        if run and (
            sentence.region is not run[-1].region
            or (sentence.region is Region.HEADLINE and "\n" in text[run[-1].end : sentence.start])
        ):
            yield tuple(run)
            run = []
        run.append(sentence)
    if run:
        yield tuple(run)


def _packed(text: str, run: Sequence[Sentence]) -> list[tuple[Sentence, ...]]:
    """The cheapest way to cut the run (dynamic programming over its sentences).

    A group costs the square of its relative distance from the target, and so much for where it begins.
    """
    words = [_words(text[s.start : s.end]) for s in run]
    if sum(words) <= TARGET_WORDS:
        return [tuple(run)]
    begins = [0.0, *(_beginning_cost(text, a, b) for a, b in pairwise(run))]
    best = [_Cost(0.0, 0)]
    for end in range(1, len(run) + 1):
        held, cheapest = 0, None
        for first in range(end - 1, -1, -1):
            held += words[first]
            if first < end - 1 and (held > MOST_WORDS or end - first > MOST_SENTENCES):
                break
            total = best[first].total + begins[first] + _length_cost(held)
            if cheapest is None or total < cheapest.total:
                cheapest = _Cost(total, first)
        assert cheapest is not None
        best.append(cheapest)
    return _read_back(run, best)


def _read_back(run: Sequence[Sentence], best: Sequence[_Cost]) -> list[tuple[Sentence, ...]]:
    groups: list[tuple[Sentence, ...]] = []
    end = len(run)
    while end:
        first = best[end].previous
        groups.append(tuple(run[first:end]))
        end = first
    return groups[::-1]


def _length_cost(words: int) -> float:
    tiny = 1.0 if words < FEWEST_WORDS else 0.0
    return tiny + ((words - TARGET_WORDS) / TARGET_WORDS) ** 2


def _beginning_cost(text: str, before: Sentence, sentence: Sentence) -> float:
    leaning = _LEANING_COST if _LEANS.match(text, sentence.start, sentence.end) else 0.0
    return leaning + (0.0 if "\n" in text[before.end : sentence.start] else _PARAGRAPH_COST)


def _words(sentence: str) -> int:
    """Words by white space, but at least one in twelve code points: some scripts have no spaces."""
    return max(len(sentence.split()), len(sentence) // 12)


def _fitting(
    text: str, group: tuple[Sentence, ...], fits: Callable[[str], bool]
) -> Iterator[tuple[Sentence, ...]]:
    """The group, or its halves (of their halves) by length, cut between sentences."""
    if len(group) == 1 or fits(text[group[0].start : group[-1].end]):
        yield group
        return
    middle = (group[0].start + group[-1].end) / 2
    cut = min(range(1, len(group)), key=lambda i: abs(group[i].start - middle))
    yield from _fitting(text, group[:cut], fits)
    yield from _fitting(text, group[cut:], fits)
