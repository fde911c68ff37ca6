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
        " missing unchanged undecided short against hardly barely"
    ),
)
_DOUBTS = (
    words_of("may might could possibly potentially perhaps probably likely maybe reportedly allegedly"),
    words_of(
        "can possible possibility prepared ready willing open able would weigh weighs weighing"
        " weighed consider considers considering considered appear appears appeared seem seems"
        " seemed suggest suggests suggested hope hopes hoped hoping think thinks believe believes"
        " believed expect expects expected option options mulling potential chance unsure doubt"
        " doubts doubted"
    ),
)
_CONDITIONS = (
    words_of("if unless provided"),
    words_of(
        "providing condition conditional conditions depend depends depending once until when"
        " exchange return subject long whether contingent would assuming only should after without"
        " before"
    ),
)
_BOUNDS = (
    words_of("only solely exclusively"),
    words_of("just alone merely limited nothing no sole single simply"),
)
_KINDS = (_DENIALS, _DOUBTS, _CONDITIONS, _BOUNDS)
# Of a stretch's words, where the statement tells of it.
_SHARE, _LEAST = 0.4, 2


def lost(told: Sequence[Token], sources: Sequence[Sequence[Token]]) -> bool:
    mine = _words(told)
    stretches = [stretch for source in sources for stretch in _stretches(source) if _tells_of(told, stretch)]
    return any(
        bool(_words(stretch) & binding) and not mine & (binding | softer)
        for stretch in stretches
        for binding, softer in _KINDS
    )


def _words(tokens: Sequence[Token]) -> set[str]:
    return {token.key if token.kind is Tag.NEGATION else token.text.lower() for token in tokens}


def _stretches(source: Sequence[Token]) -> list[Sequence[Token]]:
    """Between two marks."""
    cuts = [at for at in range(1, len(source)) if source[at].clause != source[at - 1].clause]
    return [source[a:b] for a, b in zip([0, *cuts], [*cuts, len(source)], strict=True)]


def _tells_of(told: Sequence[Token], stretch: Sequence[Token]) -> bool:
    content = [token for token in stretch if token.kind in CONTENT]
    held = [token for token in content if any(token.forms & other.forms for other in told)]
    return len(held) >= max(_LEAST, _SHARE * len(content))
