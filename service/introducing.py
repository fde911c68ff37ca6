"""What Parley says of itself to small talk: what it does, what it knows, and what might be asked."""

from collections.abc import Sequence

from service.about import of_no_outlet
from service.answering import headings
from service.conversation import SmallTalk
from service.wire import AboutOut

_DOES = (
    "I answer questions about negotiations from news articles. Every sentence of an answer stands on words"
    " quoted from one of them."
)
_OPENINGS = {
    SmallTalk.HELLO: f"Hello. {_DOES}",
    SmallTalk.THANKS: "You’re welcome.",
    SmallTalk.BYE: "Goodbye.",
    SmallTalk.FINE: "All right.",
    SmallTalk.ABILITIES: _DOES,
}
_NONE = "There are no articles here yet, so there is nothing that I could answer from."
_ASK = "What would you like to know?"
_OUTLETS = 5
_LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def introduction(talk: SmallTalk, about: AboutOut) -> list[str]:
    """Each a notice. Ends with a question back, with those to try where the articles suggest some."""
    opening = [_OPENINGS[talk]] if talk in _OPENINGS else []
    if not about.articles:
        return [*opening, _NONE]
    return [*opening, _known(about), _to_try(about.questions)]


def in_english(language: str, articles: Sequence[tuple[str | None, int]]) -> list[str]:
    """To a question in another language; `articles` are the numbers of those in each."""
    asks = f"This looks like {language}. I can be asked in English alone: please ask in English."
    if not articles:
        return [asks, _NONE]
    total, names = sum(count for _, count in articles), [_language(code) for code, _ in articles]
    if len(names) == 1:
        return [asks, f"I know {_counted(total, 'article')}, in {names[0]}."]
    each = [f"{count:,} in {name}" for name, (_, count) in zip(names, articles, strict=True)]
    return [asks, f"I know {_counted(total, 'article')}: {_joined(each, 'and')}."]


def _language(code: str | None) -> str:
    return "a language that isn’t known" if code is None else _LANGUAGES.get(code[:2], code)


def _known(about: AboutOut) -> str:
    told = f"I know {_counted(about.articles, 'article')}"
    if about.outlets:
        named = [outlet.name for outlet in about.outlets[:_OUTLETS]]
        more = len(about.outlets) - len(named)
        told += f", from {_joined([*named, _counted(more, 'more outlet')] if more else named, 'and')}"
    if about.outlets and (unknown := of_no_outlet(about)):
        told += f"; of {unknown:,} the outlet isn’t known"
    if about.latest:
        told += f"; the latest that bears a date is of {headings.day(about.latest)}"
    if about.undated:
        told += f"; {about.undated:,} bear no date" if about.undated > 1 else "; 1 bears no date"
    return told + "."


def _to_try(questions: list[str]) -> str:
    return (
        f"{_ASK} For example: {_joined([f'“{question}”' for question in questions], 'or')}"
        if questions
        else _ASK
    )


def _counted(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number:,} {thing}s"


def _joined(names: list[str], word: str) -> str:
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else names[0]
