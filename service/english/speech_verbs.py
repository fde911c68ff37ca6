"""The verbs of reported speech, by what has to stand beside them before they report."""

import re

# These report whatever follows them.
STRONG = "said|says|say|told|tells|tell|tweeted|reiterated|insisted|insists|argued|argues"
# These do so beside a quotation, a colon or "that".
WEAK = (
    "added|adds|continued|continues|warned|warns|confirmed|confirms|reported|reports|report|claimed|claims|claim"
    "|stated|states|noted|notes|explained|explains|announced|announces|acknowledged|admitted|admits"
    "|declared|denied|denies|stressed|emphasi[sz]ed|suggested|suggests|wrote|writes|posted|replied|responded"
    "|asked|answered|answers|retorted|asserted|alleged|alleges|allege|clarified|concluded|conceded|recalled|recalls"
    "|remarked|urged|vowed|pledged|promised|repeated|testified|quipped|joked|predicted|predicts|revealed"
    "|disclosed|signall?ed|hinted|described|describes|called|calls|indicated|underlined|underscored|commented"
    "|complained|estimated|cautioned|countered|observed|maintained|maintains|lamented|boasted|pointed out"
    "|threatened|demanded|demands|reads|fumed|swore|swears|snapped|sighed|thundered|contended|contends|affirmed|assured|reminded|informed|summed up|ventured|spoke of|speaks of|boasts|doubted|doubts|confided|mused|proposed|objected|protested|shouted|whispered|muttered|went on"
)
_INFINITIVE = (
    "promised|pledged|vowed|threatened|offered|demanded|proposed|agreed|refused|urged|asked|ordered|warned"
    "|declined"
)
_MIND = "expects|expected|hopes|hoped|believes|believed|fears|feared"
_OBJECT = "promised|threatened|offered|demanded|proposed|denied|confirmed|announced|rejected"
_ACTS = (
    "offered|agreed|refused|ordered|declined|rejected|welcomed|dismissed|hailed|praised|branded|labell?ed|denounced"
    "|condemned|critici[sz]ed|slammed|termed|blasted|mocked|accused|accuses"
    "|expects|expected|hopes|hoped|believes|believed|fears|feared"
)
# With a quotation somewhere behind them these report: "hailed the deal as “a gift”".
QUOTING = frozenset(
    [
        "described",
        "describes",
        "called",
        "calls",
        "wrote",
        "warned",
        "denied",
        "rejected",
        "welcomed",
        "dismissed",
        "hailed",
        "praised",
        "branded",
        "labelled",
        "labeled",
        "denounced",
        "condemned",
        "criticised",
        "criticized",
        "slammed",
        "termed",
        "blasted",
        "mocked",
        "spoke of",
        "speaks of",
    ]
)
VERB = re.compile(
    rf"(?<![\w’'-])(?:(?P<strong>{STRONG})|(?P<weak>{WEAK})|(?P<act>{_ACTS}))"
    r"(?![\w’'-])"
)
# What somebody does by words: "offered to leave", "offered the rebels a truce", "denied the report".
ACT = re.compile(
    rf"(?<![\w’'-])(?:(?:{_INFINITIVE})(?:\s[\w’'-]+){{0,5}}?\s(?:to|for)\s(?!comment|say|answer|be named|discuss)"
    rf"|(?:{_MIND})\s\w|accuse[sd]\s[^.;:]{{2,60}}?\sof\s"
    rf"|(?:{_OBJECT})\s(?!by\b|in\b|on\b|at\b|from\b|to\b|for\b|of\b|with\b|and\b)\w)"
)
