"""What is typed short or in a hurry, spelt out: "ppl", "govt", "b4", "teh". Only words that are nothing else,
in small letters, and not between quotation marks."""

import re

from service.english import closed, quoted_spans

_OTHERS = frozenset(("whose", "which", "whom"))
_SPELT = {
    **dict.fromkeys(("teh", "hte"), "the"),
    **dict.fromkeys(("waht", "wht", "wut"), "what"),
    **dict.fromkeys(("wich", "whcih", "wihch"), "which"),
    **dict.fromkeys(("wehn", "whne"), "when"),
    **dict.fromkeys(("bcz", "bcos", "becuase", "cuz", "coz"), "because"),
    **dict.fromkeys(("ppl", "peopel", "poeple", "pepole"), "people"),
    **dict.fromkeys(("govt", "gov't", "goverment", "governement"), "government"),
    **dict.fromkeys(("abt", "abuot", "baout"), "about"),
    **dict.fromkeys(("agmt", "agreemnt", "agrement"), "agreement"),
    **dict.fromkeys(("negs", "negotations", "negotiatons", "negociations"), "negotiations"),
    **dict.fromkeys(("btwn", "b/w", "betwen"), "between"),
    **dict.fromkeys(("w/o", "withuot"), "without"),
    **{f"{word}s": f"{word}'s" for word in (*closed.QUESTION_WORDS, "that", "there") if word not in _OTHERS},
    **{f"{verb}nt": f"{verb}n't" for verb in closed.ASKING if verb not in ("ca", "wo", "can", "will")},
    "cant": "can't",
    "theyre": "they're",
    "theyve": "they've",
    "gonna": "going to",
    "wats": "what's",
    "timelien": "timeline",
    "agreee": "agree",
    "agred": "agreed",
    "sumary": "summary",
    "b4": "before",
    "w/": "with",
    "yrs": "years",
    "mth": "month",
    "mths": "months",
    "wks": "weeks",
    "hrs": "hours",
    "mins": "minutes",
    "thru": "through",
    "thier": "their",
    "taht": "that",
    "adn": "and",
    "mtg": "meeting",
    "mtgs": "meetings",
    "mgmt": "management",
    "tmrw": "tomorrow",
    "recieve": "receive",
    "recieved": "received",
    "beleive": "believe",
    "presidnet": "president",
    "comission": "commission",
    "comittee": "committee",
}
_WORD = re.compile(r"(?<![\w'’/.@#-])[a-z][a-z'’]*(?:[a-z0-9]|/[a-z]?)(?![\w'’/-]|\.\w)")


def spelt_out(typed: str) -> str:
    quoted = quoted_spans(typed)

    def word(found: re.Match[str]) -> str:
        inside = any(span.start <= found.start() < span.end for span in quoted)
        return found.group() if inside else _SPELT.get(found.group().replace("’", "'"), found.group())

    return _WORD.sub(word, typed)
