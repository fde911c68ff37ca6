"""In which language other than English a question is put, told by its letters or by its closed words."""

import re
import unicodedata
from collections import Counter

from service.english import DEMONSTRATIVES, MODALS, QUESTION_WORDS, RARE_MODALS, SMALL, closed, words_of

# Words that ask or tell there, then those that only stand between.
_LANGUAGES = {
    "German": (
        "wer wen wem wann warum weshalb wo wie welche welcher was ist sind hat wird sagt sagte gesagt",
        "der die das den dem des ein eine einen und oder nicht von mit auf für über zu im am bei nach es sie",
    ),
    "French": (
        "qui quoi quand où pourquoi comment combien quel quelle quels quelles est sont ont dit disent veut",
        "que qu le la les l un une des du de d et ou dans sur avec pour par pas ce cette il elle a été",
    ),
    "Spanish": (
        "qué quién quiénes cuándo dónde cómo cuánto cuántos cuál dijo dice está están quiere fue hay son es",
        "que el la los las un una de del y en con para por sobre se lo su al ha han no quien cuando donde",
    ),
    "Italian": (
        "chi cosa dove perché quanto quale quali è hanno detto vuole dice ha",
        "che quando come il lo la gli le un una di del della dei e con per su non sono no",
    ),
    "Portuguese": (
        "quem onde porque quê quanto qual é são disse diz foi está quer há",
        "que quando como o os um uma de do da dos das e em com para por sobre não se no na",
    ),
    "Dutch": (
        "wie wat wanneer waar waarom hoe welke zijn heeft hebben zei zegt gezegd wil wordt werd is",
        "de het een en of niet van met op voor over in te er dat",
    ),
    "Polish": (
        "kto co kiedy gdzie dlaczego jak ile który która jakie czy jest są powiedział powiedziała chce był",
        "w na do się nie że od po za i z o",
    ),
    "Swedish": (
        "vem vad när varför hur vilken vilka är sa säger vill",
        "och på med för om det den en ett har",
    ),
}
_WORDS = {name: (words_of(asks), words_of(asks, rest)) for name, (asks, rest) in _LANGUAGES.items()}
_ENGLISH = words_of(
    *(SMALL, QUESTION_WORDS, DEMONSTRATIVES, MODALS, RARE_MODALS, closed.THIRD, closed.TALKERS),
    "hat die war come comment pour sur no on over also son sa co",
)
_SCRIPTS = {
    "CYRILLIC": "a language in Cyrillic letters",
    "ARABIC": "a language in Arabic letters",
    "DEVANAGARI": "a language in Devanagari letters",
    "HIRAGANA": "Japanese",
    "HANGUL": "Korean",
    "CJK": "Chinese",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "THAI": "Thai",
    "ARMENIAN": "Armenian",
    "GEORGIAN": "Georgian",
}
_RUSSIAN = re.compile(r"[ыэё]|\b(?:что|кто|когда|где|почему|как|зачем|сколько)\b", re.I)
_KANA = re.compile("[\u3041-\u30ff]")
_UKRAINIAN = re.compile("[іїєґ]", re.I)
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"|«[^»]*»")
_PLAIN = re.compile(r"[^\W\d_]+")


def language_of(question: str) -> str | None:
    """None where it is English or can't be told."""
    return _by_letters(question) or _by_words(_QUOTED.sub(" ", question))


def _by_letters(question: str) -> str | None:
    """Of most of its words."""
    words = [unicodedata.name(word[0], "?").split()[0] for word in _PLAIN.findall(question)]
    script, count = max(Counter(words).items(), key=lambda found: found[1], default=("LATIN", 0))
    if script == "LATIN" or 2 * count <= len(words):
        return None
    if script == "CYRILLIC" and _UKRAINIAN.search(question):
        return "Ukrainian"
    if script == "CYRILLIC" and _RUSSIAN.search(question):
        return "Russian"
    script = "HIRAGANA" if _KANA.search(question) else script
    return _SCRIPTS.get(script)


def _by_words(question: str) -> str | None:
    """At least two words of one language, of which one asks and is no word of English, and none that is
    English alone; or nothing but such words."""
    asked = {word.lower() for word in _PLAIN.findall(question)}
    found = {}
    for name, (asks, known) in _WORDS.items():
        sure = asks & asked - _ENGLISH
        if sure and not asked & _ENGLISH - known and (len(asked & known) > 1 or asked <= known):
            found[name] = len(asked & known)
    return max(found, key=lambda name: found[name], default=None)
