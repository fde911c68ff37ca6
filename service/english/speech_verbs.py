"""The verbs of reported speech, by what has to stand beside them before they report."""

import re

from service.english.closed import OBJECTS, SUBJECTS, any_of
from service.english.verbs import past, third


def _forms(bases: str) -> str:
    return any_of(dict.fromkeys(form for base in bases.split() for form in (third(base), past(base))))


# These report whatever follows them.
STRONG = "said|says|say|told|tells|tell|" + _forms("tweet reiterate insist argue")
# These do so beside a quotation, a colon or "that".
WEAK = (
    "report|claim|allege|wrote|writes|pointed out|points out|went on|goes on|summed up|sums up|swore|swears"
    "|spoke of|speaks of|put|puts|began|begins|thought aloud|reads|"
    + _forms(
        "add continue warn confirm report claim state note explain announce acknowledge declare deny stress"
        " emphasise emphasize suggest post reply respond ask answer retort assert allege clarify conclude"
        " concede recall remark urge vow pledge promise repeat testify joke predict reveal disclose signal"
        " hint describe call indicate underline underscore comment complain estimate caution counter observe"
        " maintain lament boast threaten demand propose object protest shout whisper mutter fume snap sigh"
        " thunder contend affirm assure remind inform doubt confide muse venture remember end laugh"
        " correct interject exclaim grumble murmur plead beg cry shrug smile groan"
    )
    + "|admitted|admits|signalled|quipped|quips"
)
_ACTS = "rejected|rejects|labelled|slammed|thinks|thought|" + _forms(
    "offer agree refuse order decline welcome dismiss hail praise brand denounce condemn criticise criticize"
    " term blast mock accuse expect hope believe fear worry label"
)
# With a quotation somewhere behind them these report: "hailed the deal as “a gift”".
QUOTING = frozenset(
    (
        "wrote|writes|spoke of|speaks of|put|puts|rejected|labelled|slammed|"
        + _forms(
            "describe call warn deny welcome dismiss hail praise brand denounce condemn criticise criticize"
            " term blast mock label thank accuse"
        )
    ).split("|")
)
VERB = re.compile(rf"(?<![\w’'-])(?:(?P<strong>{STRONG})|(?P<weak>{WEAK})|(?P<act>{_ACTS}))(?![\w’'-])")
_INFINITIVE = _forms(
    "promise pledge vow threaten offer demand propose agree refuse urge ask order warn decline"
)
_OBJECT = "rejected|rejects|" + _forms("promise threaten offer demand propose deny confirm announce")
_MIND = "thinks|thought|" + _forms("expect hope believe fear worry")
# What somebody does by words, or thinks: "offered to leave", "offered them a truce", "denied the report".
ACT = re.compile(
    rf"(?<![\w’'-])(?:(?:{_INFINITIVE})(?:\s[\w’'-]+){{0,5}}?\s(?:to|for)\s"
    rf"(?!comment|say|answer|be named|discuss)"
    rf"|(?:{_MIND})\s\w|accuse[sd]\s[^.;:]{{2,60}}?\sof\s|puts?\s[^.;:]{{2,40}}?\sat\s"
    rf"|(?:{_OBJECT})\s(?!by\b|in\b|on\b|at\b|from\b|to\b|for\b|of\b|with\b|and\b)\w)"
)
# "saying that", behind a comma: what the subject of the sentence goes on to say.
SAYING = re.compile(
    r"(?:,|\b(?:statement|letter|note|message|memo|report|post))\s(?P<verb>adding|saying|warning|insisting|noting"
    r"|claiming|arguing|stressing|explaining|promising|suggesting|writing|confirming|complaining|declaring"
    r"|predicting|telling)(?:(?<=saying)(?=\s\w)|(?<=adding)(?=\s\w)|(?<=arguing)(?=\s\w)|(?<=insisting)(?=\s\w)"
    r"|(?<=telling)(?=\s[^,;:.]{2,60}?\sthat\s)|(?=\s(?:only\s)?that\s|:?\s?\x01)"
    rf"|(?=\s(?:the|{any_of(SUBJECTS)})\s))"
)
# "assured her that"
TOLD_WHOM = re.compile(
    rf"\s(?:{any_of(OBJECTS)})\s(?:{any_of(SUBJECTS)}|the)\s|\s(?:{any_of(OBJECTS)}|[\w’'-]+(?:\s[\w’'-]+){{0,3}}?)\sthat\s"
)
TAKES_HEARER = frozenset(_forms("assure remind inform promise warn ask").split("|"))
