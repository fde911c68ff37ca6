"""What puts the words around it in somebody's mouth: "said", "believes", "according to", "in her view".

A reading by lists and shapes. What could report what stands beside it is taken to do so, but where it plainly
goes on to something else: "Roe left, and Doe said that it rained".
"""

from collections.abc import Sequence

from service.english import ARTICLES, CONTENT, SUBJECTS, Tag, Token, lexicon, stem

_LEADS_ON = lexicon.JOINS | lexicon.PLACED | frozenset({"with", "by", "from", "of", "to", "for", "including"})
_THINKING = frozenset(map(stem, lexicon.THINKING))


def attributing(tokens: Sequence[Token]) -> list[int]:
    """The places of the words that report, no matter what: verbs, and nouns such as "view"."""
    return [at for at in range(len(tokens)) if _says(tokens, at) or _noun(tokens[at]) or _cites(tokens[at])]


def reports(tokens: Sequence[Token], start: int, end: int, *, opens: bool, ends: bool) -> bool:
    """Whether tokens[start:end] reports what stands beside it. `opens` tells whether it begins at a mark,
    `ends` whether the sentence is broken off before it: then it may go on to what somebody else said."""
    stretches = _stretches(tokens[start:end])
    alone = ends and opens and _alone(stretches[-1])
    return alone or any(
        _reports(stretch, opens=opens or at > 0, ends=ends) for at, stretch in enumerate(stretches)
    )


def _stretches(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    cuts = [at for at in range(1, len(tokens)) if tokens[at].clause != tokens[at - 1].clause]
    return [tokens[a:b] for a, b in zip([0, *cuts], [*cuts, len(tokens)], strict=True)]


def _reports(stretch: Sequence[Token], *, opens: bool, ends: bool) -> bool:
    first = stretch[0].text.lower()
    if any(_cites(token) for token in stretch):
        return True
    if first in lexicon.RELATIVES:  # who said something else
        return False
    if any(_noun(token) for token in stretch):
        return True
    said = [at for at in range(len(stretch)) if _says(stretch, at)]
    if opens and _sourced(stretch):
        return True
    if first == "as":
        return bool(said) or stretch[-1].text.lower() in {"it", "them"}
    if opens and _of_the_subject(stretch):
        return False
    if opens and first not in _LEADS_ON and _tells_of_it(stretch):
        return True
    said = said or ([1] if opens and _may_say(stretch, ends=ends) else [])
    return bool(said) and not (ends and _goes_on(stretch, said))


def _tells_of_it(stretch: Sequence[Token]) -> bool:
    """ ", a jury found", ", the court ruled on Friday": whatever the verb is, with nothing behind it that it
    could have for an object."""
    return any(_past(stretch, at) for at in range(1, len(stretch)))


def _past(stretch: Sequence[Token], at: int) -> bool:
    word = stretch[at].text.lower()
    if word != stretch[at].text or not (word.endswith("ed") or word in lexicon.PASTS):
        return False
    noun = stretch[at - 1].text.lower() in lexicon.BEFORE_NOUN
    return not noun and (at + 1 == len(stretch) or stretch[at + 1].kind not in (Tag.WORD, Tag.NAME))


def _alone(stretch: Sequence[Token]) -> bool:
    """ "– Roe", "(police)": a source, for all that is known. "(WHO)" is short for what stands before it."""
    content = [token for token in stretch if token.kind in CONTENT]
    if stretch[0].text.lower() not in ARTICLES and content[:1] != [stretch[0]]:
        return False
    short = any(token.text.rstrip("s").isupper() for token in content)
    return len(content) == 1 and content[0].kind in (Tag.NAME, Tag.WORD) and not short


def _may_say(stretch: Sequence[Token], *, ends: bool) -> bool:
    """ ", Roe opines": a name or "she" and a word that may be any verb."""
    if len(stretch) < 2 or not (ends or len(stretch) == 2):
        return False
    who, word = stretch[:2]
    named = who.kind is Tag.NAME or who.text.lower() in SUBJECTS
    return named and word.kind in (Tag.WORD, Tag.VERB) and word.text.endswith(("s", "ed"))


def _sourced(stretch: Sequence[Token]) -> bool:
    """ ", sources close to her", ", a claim that she rejects", ", per two aides"."""
    words = [token.text.lower() for token in stretch]
    people = any(word in lexicon.SOURCES for word in words[:2])
    matter = words[0] == "a" and any(word in lexicon.MATTERS for word in words[1:2])
    return people or matter or words[0] in lexicon.HEADS


def _of_the_subject(stretch: Sequence[Token]) -> bool:
    """ "adding that", "drafted in Bonn": a participle tells of the sentence's own subject or thing."""
    first = stretch[0].text.lower()
    if first.endswith("ing") and first != "according":
        return True
    after = stretch[1].text.lower() if len(stretch) > 1 else ""
    return first.endswith("ed") and (after in lexicon.PLACED or after in {"by", "last", "for", "to"})


def _goes_on(stretch: Sequence[Token], said: Sequence[int]) -> bool:
    """Whether it reports what follows it: "and Roe said it was over", not ", Roe said in Bonn"."""
    after = stretch[said[0] + 1 :]
    if stretch[said[0]].text.lower() == "according":
        return False
    if stretch[0].text.lower() in {"and", "while", "whereas"}:
        told = after[:1] and after[0].text.lower() in lexicon.CONTENT_OPENS
        return bool(told) or sum(token.kind in CONTENT for token in after) > 1
    if stretch[said[0]].text.lower() in {"told", "tells", "tell", "telling"}:
        hearer = [at for at, token in enumerate(after) if token.text.lower() in lexicon.CONTENT_OPENS]
        after = after[hearer[0] :] if hearer else ()
    follows = after[0].text.lower() if after else ""
    then = after[1].text.lower() if len(after) > 1 else ""
    return len(after) > 2 and follows in lexicon.CONTENT_OPENS and then not in lexicon.TIMES


def _says(tokens: Sequence[Token], at: int) -> bool:
    """A noun ("a claim", "the state") says nothing of what stands around it."""
    token = tokens[at]
    if token.kind is Tag.NAME or not (token.kind is Tag.VERB or stem(token.text) in _THINKING):
        return False
    before = tokens[at - 1] if at else None
    noun = token.text.lower() in lexicon.ALSO_NOUNS and before is not None
    return not (
        noun and before and before.clause == token.clause and before.text.lower() in lexicon.BEFORE_NOUN
    )


def _noun(token: Token) -> bool:
    return token.text.lower() in lexicon.VIEWS


def _cites(token: Token) -> bool:
    return token.text.lower() in lexicon.CITING
