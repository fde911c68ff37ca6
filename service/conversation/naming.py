"""Names as the articles have them, where a person types them short, without capitals or with a slip.

"Sky" is Sky News where the articles found name one outlet so and nobody else. A word that stands in none of
them is the one name in them from which it is a slip away, or, if it is misspelt, the one word. What could be
two things stays as it was typed.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from service.conversation.whole import LEAD
from service.english import (
    SMALL,
    Mention,
    NameKind,
    closed,
    is_verb,
    kind_of,
    mentions,
    plain_words,
    stem,
    unaccented,
    words_of,
)

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-’'](?=[^\W\d_]))*")
_FRAGMENT = re.compile(rf"(?:(?:what|how) about\s+)?(?P<name>{_WORD.pattern}(?: {_WORD.pattern})?)", re.I)
_HEARD_BY = re.compile(
    rf"\b(?:tell?|tells|told|telling|to|on|with) (?:the )?(?P<name>{_WORD.pattern})(?=\s*(?:$|[?!.,;]))", re.I
)
_BEFORE_NAME = words_of(
    closed.ASKING,
    "and or to tell told with about by from for between compare versus vs against meet met",
)
_ACCENTED = re.compile(r"[^\W\d_\x00-\x7f]")
_JOINT = re.compile(r"[-’']")
_PARTS = 4  # of a word that are one name, at most: "Jean-Luc"
_OWNER = re.compile(r"[’']s?$")
_SMALL_WORD = re.compile(r"(?<![\w’'-])[a-z]+(?![\w’'-])")
_MISSPELT = 6  # letters of a word that may be
_LEAST = 5  # letters of a word that may be a slip
_LONG = 8  # letters, from which on a person's name may be so many slips away
_MOST = 2
_PEOPLE = frozenset({NameKind.PERSON, NameKind.UNKNOWN, NameKind.BODY})


def names_alone(typed: str) -> bool:
    """Whether it may be a name and nothing else: "and sky?", "what about roe"."""
    return _fragment(typed) is not None


def as_named(typed: str, texts: Sequence[str]) -> str:
    """`texts` are passages that were found for it."""
    found = [(typed[at.start() : at.end()], at) for at in _typed(typed)]
    for word, at in reversed(found):
        meant = _meant(word, at, typed, texts)
        if meant and meant != word:
            typed = typed[: at.start()] + meant + typed[at.end() :]
    return typed


def as_spelt(typed: str, texts: Sequence[str], is_common: Callable[[str], bool]) -> str:
    """Words that stand in none of the texts and aren't common, as the one that does from which each is a slip
    away: "matress" as "mattress"."""
    rare = [at for at in _SMALL_WORD.finditer(typed) if len(at[0]) >= _MISSPELT and not is_common(at[0])]
    told = (
        {word for text in texts for word in _SMALL_WORD.findall(text) if len(word) >= _LEAST}
        if rare
        else set()
    )
    stems = {stem(word) for word in told}
    for at in reversed(rare):
        near = {each for each in told if _near(at[0], each, 1)} if stem(at[0]) not in stems else set()
        if len({stem(each) for each in near}) == 1:
            typed = typed[: at.start()] + min(near, key=len) + typed[at.end() :]
    return typed


def _typed(typed: str) -> list[re.Match[str]]:
    return [w for w in _WORD.finditer(typed) if _bare(w.group()) not in SMALL]


def _meant(word: str, at: re.Match[str], typed: str, texts: Sequence[str]) -> str | None:
    bare = _bare(word)
    own = word[len(bare) :]
    holding = [text for text in texts if re.search(rf"\b{re.escape(bare)}\b", text, re.I)]
    if not holding and (accented := _accented(bare, texts)):
        return accented + own
    if not holding:
        slip = _slip(bare, texts) if len(bare) >= _LEAST and _may_name(word, at, typed) else None
        return slip + own if slip else None
    heard = any(_at(found, "name", at) for found in _HEARD_BY.finditer(typed))
    alone = _fragment(typed)
    alone = alone if alone is not None and _at(alone, "name", at) else None
    if not heard and alone is None:
        return None
    return _outlet(bare, holding) or (_capital(bare, holding) if alone else None)


def _bare(word: str) -> str:
    return _OWNER.sub("", word.lower())


def _at(found: re.Match[str], group: str, word: re.Match[str]) -> bool:
    return found.span(group) == word.span()


def _fragment(typed: str) -> re.Match[str] | None:
    end = len(typed.rstrip("?!. "))
    lead = LEAD.match(typed)
    return _FRAGMENT.fullmatch(typed, lead.end() if lead else 0, end)


def _outlet(word: str, texts: Sequence[str]) -> str | None:
    """The one outlet whose name begins so, if all that is called so is that."""
    if kind_of(word) is NameKind.OUTLET:
        return None
    named = [m for text in texts for m in mentions(text) if word in plain_words(m.text)]
    names = {m.text.removeprefix("the ").removeprefix("The ") for m in named}
    alone = len(names) == 1 and all(m.kind is NameKind.OUTLET for m in named)
    return names.pop() if alone and plain_words(named[0].text.removeprefix("the "))[0] == word else None


def _capital(word: str, texts: Sequence[str]) -> str | None:
    """As it stands, if it never stands in small letters."""
    forms = {found for text in texts for found in re.findall(rf"\b{re.escape(word)}\b", text, re.I)}
    return forms.pop() if len(forms) == 1 and not any(form.islower() for form in forms) else None


def _accented(word: str, texts: Sequence[str]) -> str | None:
    """The one name that is so typed without its accents: "luka" for "Łuka"."""
    forms = {
        form
        for text in texts
        # Before it is read for names.
        if _ACCENTED.search(text) and any(_is_so_typed(form, word) for form in _words_and_parts(text))
        for name in mentions(text)
        for form in _words(name.text)
        if _is_so_typed(form, word)
    }
    return forms.pop() if len(forms) == 1 else None


def _is_so_typed(form: str, word: str) -> bool:
    return form[:1].isupper() and not form.isascii() and unaccented(form).lower() == word


def _words(text: str) -> Iterator[str]:
    return (_OWNER.sub("", word) for word in _WORD.findall(text))


def _words_and_parts(text: str) -> Iterator[str]:
    """A name may be a part of a word: of "anti-Branson"."""
    for word in _WORD.findall(text):
        yield _OWNER.sub("", word)
        ends = [0, *(at.end() for at in _JOINT.finditer(word)), len(word) + 1]
        for at, first in enumerate(ends if len(ends) > 2 else ()):
            for last in ends[at + 1 : at + 1 + _PARTS]:
                yield _OWNER.sub("", word[first : last - 1])


def _may_name(word: str, at: re.Match[str], typed: str) -> bool:
    before = plain_words(typed[: at.start()])[-1:]
    # Whoever writes a name with its capital knows it: "Brandon" is no slip of "Branson".
    return word.islower() and not is_verb(_bare(word)) and (not before or before[0] in _BEFORE_NAME)


def _slip(word: str, texts: Sequence[str]) -> str | None:
    small = {found for text in texts for found in re.findall(r"\b[^\W\d_A-Z][\w’'-]*", text)}
    bare = unaccented(word)
    near: dict[str, str] = {}
    for text in texts:
        if not any(_near(bare, unaccented(form).lower(), _MOST) for form in _words_and_parts(text)):
            continue  # before it is read for names
        for name in mentions(text):
            for form in _words(name.text) if name.kind in _PEOPLE else ():
                far = _far(word, form, name)
                if form.lower() not in small and _near(bare, unaccented(form).lower(), far):
                    near.setdefault(form.lower(), form)
    return next(iter(near.values())) if len(near) == 1 else None


def _far(word: str, part: str, name: Mention) -> int:
    surname = name.kind is NameKind.PERSON and _OWNER.sub("", name.text).endswith(f" {part}")
    return _MOST if len(word) >= _LONG and surname else 1


def _near(one: str, other: str, most: int) -> bool:
    """Within so many letters left out, put in, mistaken or, as one, swapped (optimal string alignment)."""
    if one[0] != other[0] or abs(len(one) - len(other)) > most or len(other) < _LEAST - 1:
        return False
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        rows.append(row)
    return rows[-1][-1] <= most
