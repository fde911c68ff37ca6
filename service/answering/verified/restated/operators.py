"""What turns a claim, by kinds: of a stretch that is told, none is lost."""

from collections.abc import Sequence

from service.english import CONTENT, Tag, Token, lexicon, words_of

# A kind is lost where one of the first stands in what is told and none of either in the statement.
_DENIALS = (
    words_of(lexicon.NEGATIONS),
    words_of(
        "cannot only deny denies denied denying denial refuse refuses refused refusing refusal reject"
        " rejects rejected rejecting rejection decline declines declined declining fail fails"
        " failed failing failure unable lack lacks lacked lacking rule rules ruled ruling dismiss"
        " dismisses dismissed unwilling impossible oppose opposes opposed except excluding"
        " excluded exclude excludes untrue false little few stop stopped stops halt halted"
        " suspended ended unlikely unclear unknown unresolved disputed instead rather absent"
        " missing unchanged undecided short against hardly barely keep keeps kept banned barred forbidden"
    ),
)
_DOUBTS = (
    words_of("may might could possibly potentially perhaps probably likely maybe reportedly allegedly"),
    words_of(
        "can possible possibility prepared ready willing open able would weigh weighs weighing"
        " weighed consider considers considering considered appear appears appeared seem seems"
        " seemed suggest suggests suggested hope hopes hoped hoping think thinks believe believes"
        " believed expect expects expected option options mulling potential chance unsure doubt"
        " doubts doubted let lets allow allows allowed permit permits permitted undecided decision whether"
    ),
)
_CONDITIONS = (
    words_of("if unless provided"),
    words_of(
        "providing condition conditional conditions depend depends depending once until when"
        " exchange return subject long whether contingent assuming only should after without"
        " before failing absent otherwise"
    ),
)
_BOUNDS = (
    words_of("only solely exclusively"),
    words_of("just alone merely limited nothing no sole single simply"),
)
_KINDS = (_DENIALS, _DOUBTS, _CONDITIONS, _BOUNDS)
# These turn what follows them; the others turn all of their stretch.
_FORWARD = (_DENIALS, _DOUBTS)
_ENDS_WHAT_FOLLOWS = lexicon.CONNECTS
# "No later than" bounds and denies nothing.
_BOUNDING = words_of("later earlier sooner more less fewer")
# "If there is no deal" is "unless there is one"; "only if it rains" is "not before it rains".
_WITHOUT = "without"
_UNLESS = words_of("unless failing absent without otherwise")
_ONLY_IF = words_of("if unless until before once provided when after condition depends")
# Of a stretch's words, where the statement tells of it.
_SHARE, _LEAST = 0.4, 2


def lost(told: Sequence[Token], sources: Sequence[Sequence[Token]]) -> bool:
    """Whether a cited sentence turns what is told, and the statement doesn't: not what another sentence says
    without turning it."""
    mine = _words(told)
    for at, source in enumerate(sources):
        others = [token for place, tokens in enumerate(sources) if place != at for token in tokens]
        for stretch in _stretches(source):
            if _tells_of(told, stretch) and any(
                _is_lost(kind, stretch, told, mine, others) for kind in _KINDS
            ):
                return True
    return False


def _is_lost(
    kind: tuple[frozenset[str], frozenset[str]],
    stretch: Sequence[Token],
    told: Sequence[Token],
    mine: set[str],
    others: Sequence[Token],
) -> bool:
    binding, softer = kind
    places = [at for at, token in enumerate(stretch) if _word(token) in binding and not _bounds(stretch, at)]
    if not places or mine & (binding | softer | _the_same(kind, stretch)):
        return False
    governed = [token for at in places for token in _governed(kind, stretch, at)]
    return any(_has(told, token) and not _has(others, token) for token in governed)


def _the_same(kind: tuple[frozenset[str], frozenset[str]], stretch: Sequence[Token]) -> frozenset[str]:
    """What else says it in this stretch."""
    conditional = bool(_words(stretch) & _CONDITIONS[0])
    if conditional and kind is _DENIALS:
        return _UNLESS
    return _ONLY_IF if conditional and kind is _BOUNDS else frozenset()


def _bounds(stretch: Sequence[Token], at: int) -> bool:
    follow = [token.text.lower() for token in stretch[at + 1 : at + 3]]
    return len(follow) == 2 and follow[0] in _BOUNDING and follow[1] == "than"


def _governed(
    kind: tuple[frozenset[str], frozenset[str]], stretch: Sequence[Token], at: int
) -> Sequence[Token]:
    """The content words that it turns."""
    if stretch[at].text.lower() == _WITHOUT and any(token.kind is Tag.MODAL for token in stretch):
        kind = _CONDITIONS  # "pays nothing without a deal" is "if there is none"
    after = stretch[at + 1 :]
    end = next((place for place, token in enumerate(after) if token.text.lower() in _ENDS_WHAT_FOLLOWS), None)
    follow = [token for token in after[:end] if token.kind in CONTENT] if kind in _FORWARD else []
    return follow or [token for token in stretch if token.kind in CONTENT]


def _has(tokens: Sequence[Token], token: Token) -> bool:
    return any(token.forms & other.forms for other in tokens)


def _words(tokens: Sequence[Token]) -> set[str]:
    return {_word(token) for token in tokens}


def _word(token: Token) -> str:
    return token.key if token.kind is Tag.NEGATION else token.text.lower()


def _stretches(source: Sequence[Token]) -> list[Sequence[Token]]:
    """Between two marks."""
    cuts = [at for at in range(1, len(source)) if source[at].clause != source[at - 1].clause]
    return [source[a:b] for a, b in zip([0, *cuts], [*cuts, len(source)], strict=True)]


def _tells_of(told: Sequence[Token], stretch: Sequence[Token]) -> bool:
    content = [token for token in stretch if token.kind in CONTENT]
    held = [token for token in content if _has(told, token)]
    return len(held) >= max(_LEAST, _SHARE * len(content))
