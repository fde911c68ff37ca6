"""The verbs of reported speech, by what has to stand beside them before they report."""

import re

from service.english.closed import (
    BE,
    DO,
    FIRST,
    HAVE,
    MODALS,
    OBJECTS,
    RARE_MODALS,
    SUBJECTS,
    any_of,
)
from service.english.letters import NAME_WORD
from service.english.verbs import PASTS, past, third


def _forms(bases: str) -> str:
    return any_of(dict.fromkeys(form for base in bases.split() for form in (third(base), past(base))))


def _all(bases: str) -> str:
    """With the bare form, which a subject in the plural has: "insiders claim"."""
    return f"{_forms(bases)}|{any_of(bases.split())}"


# These report whatever follows them.
STRONG = "would say only|would only say|could say only|will say only|said|says|say|told|tells|tell|" + _forms("tweet reiterate insist argue")
# These do so beside a quotation, a colon or "that".
WEAK = (
    "put it|puts it|let it be known|made it known|report|claim|allege|wrote|writes|pointed out|points out|went on|goes on|summed up|sums up|swore|swears"
    "|spoke of|speaks of|put|puts|began|begins|thought aloud|reads|"
    + _forms(
        "add continue warn confirm report claim state note explain announce acknowledge declare deny stress"
        " emphasise emphasize suggest post reply respond ask answer retort assert allege clarify conclude"
        " concede recall remark urge vow pledge promise repeat testify joke predict reveal disclose signal"
        " hint describe call indicate underline underscore comment complain estimate caution counter observe"
        " maintain lament boast threaten demand propose object protest shout whisper mutter fume snap sigh"
        " thunder contend affirm assure remind inform doubt confide muse venture remember end laugh"
        " correct interject exclaim grumble murmur plead beg cry shrug smile groan bellow bark scream yell roar"
        " hiss growl chuckle scoff sneer tease opine moan whine marvel confess recount relate rule stipulate"
        " advise decree guarantee appeal retaliate rage storm rasp drawl stammer text email radio reaffirm verify certify notify counsel specify profess bemoan restate recommend propose chant sing read gush chime interrupt"
    )
    + "|admitted|admits|signalled|quipped|quips|hit back|hits back|fired back|shot back|let slip|lets slip"
)
_DONE = (
    "offer agree refuse order decline welcome dismiss hail praise brand denounce condemn criticise criticize"
    " term blast mock accuse expect hope believe fear worry label accept want seek wish intend plan undertake"
    " instruct invite implore encourage forbid direct command summon request oppose support back endorse defend"
    " dispute contest question decry deplore lambast ridicule blame fault wonder inquire enquire recommend"
    " favour favor forecast consider reckon suspect guess calculate press challenge petition appeal apologise"
    " apologize dub regret wish understand attack liken compare guarantee"
)
_ACTS = "stands by|stood by|stand by|cast doubt on|casts doubt on|rejected|rejects|reject|would like|would prefer|would rather|labelled|slammed|slams|slam|thinks|thought|think|sought|forbade|swore|ruled out|rules out" + (
    f"|rule out|{_all(_DONE)}"
)
_BARE = (
    "add continue warn confirm state note explain announce acknowledge declare deny stress suggest argue insist"
    " concede vow pledge promise predict reveal hint estimate maintain demand propose object threaten contend"
    " remember urge ask call admit describe remark reply respond swear complain recall"
)
# With a quotation somewhere behind them these report: "hailed the deal as “a gift”".
QUOTING = frozenset(
    (
        "wrote|writes|spoke of|speaks of|put|puts|rejected|labelled|slammed|"
        + _forms(
            "describe call warn deny welcome dismiss hail praise brand denounce condemn criticise criticize"
            " term blast mock label thank accuse promise pledge offer demand threaten propose predict"
        )
    ).split("|")
)
_DOING = (
    "threatening|demanding|asking|urging|calling|offering|refusing|seeking|proposing|promising|pledging|vowing"
    "|insisting|denying|accusing|warning|claiming|saying|telling|planning|expecting|hoping|considering"
)
VERB = re.compile(
    rf"(?<![\w’'-])(?:(?P<strong>{STRONG})|(?P<weak>{WEAK})|(?P<act>{_ACTS})|(?P<bare>{any_of(_BARE.split())})"
    rf"|(?P<doing>{_DOING}))(?![\w’'-])"
)
# With these a subject is in the plural.
BARE = frozenset((*_BARE.split(), *_DONE.split(), "reject", "slam", "think", "rule out"))
_INFINITIVE = _all(
    "promise pledge vow threaten offer demand propose agree refuse urge ask order warn decline want seek wish"
    " intend plan undertake instruct invite implore encourage forbid direct command summon request beg advise"
    " challenge press petition appeal call remind caution plead"
) + "|sought|forbade|swears|swore|threatening|refusing|asking|urging|calling|offering|promising|pledging|vowing|planning|seeking"
_OBJECT = "would like|would prefer|would rather|rejected|rejects|reject|slammed|slams|threatening|demanding|offering|denying|proposing|seeking|considering|sought|" + _all(
    "promise threaten offer demand propose deny confirm announce accept welcome dismiss hail praise denounce"
    " condemn criticise criticize oppose endorse defend dispute contest decry deplore lambast ridicule predict"
    " suggest guarantee describe forecast want claim seek recommend request refuse estimate question favour favor regret pledge"
)
_MIND = "thinks|thought|think|expecting|hoping|" + _all("expect hope believe fear worry suspect reckon guess")
_FOR = _all("attack blame criticise criticize praise fault condemn thank")
_CLAUSE = "admitted|admits|admit|swears|swore|" + _all(
    "claim vow accept accept acknowledge concede confess predict promise pledge insist announce confirm deny"
    " suggest allege assert declare estimate reveal hint guarantee stress note agree argue maintain calculate"
    " report understand warn remember recall recount conclude"
)
_CALLED = _forms("call brand label term dub declare consider") + "|labelled|calling"
_ASKED = _all("ask wonder question inquire enquire") + "|asking"
_ABOUT = (
    "stands by|stood by|stand by|cast doubt on|casts doubt on|ruled out|rules out|rule out|ruling out|call for|calls for|called for|calling for|insisted on|insists on"
    "|insist on|objected to|objects to|object to|apologised for|apologized for|warned of|warns of|warned against"
    "|warns against|appealed for|appeals for|appealed to|appeals to|pressed for|presses for|complained of"
    "|complains of|complained about|agreed on|asked for|asks for|ask for|asking for|hinted at|called on|calls on"
)
_FINITE = any_of(BE, HAVE, MODALS, RARE_MODALS, DO, PASTS)
# What somebody does by words, or thinks: "offered to leave", "offered them a truce", "denied the report".
ACT = re.compile(
    rf"(?<![\w’'-])(?:(?:{_INFINITIVE})(?:\s[\w’'-]+){{0,8}}?\s(?:to|for)\s"
    rf"(?!comment|say|answer|be named|discuss)"
    rf"|(?:{_MIND})\s\w|accus(?:e[sd]?|ing)\s[^.;:]{{2,60}}?\sof\s|puts?\s[^.;:]{{2,40}}?\sat\s"
    rf"|(?:{_FOR})\s[^.;:]{{2,60}}?\sfor\s"
    rf"|(?:{_all('assure remind inform warn convince')})\s[^.,;:]{{2,60}}?\s(?:of|against|about)\s"
    rf"|(?:{_all('liken compare')})\s[^.,;:]{{2,60}}?\s(?:to|with)\s"
    rf"|(?:{_ABOUT})\s\w|(?:{_all('recall remember recount')})\s(?:how|when|the (?:moment|day|night|time))\s"
    rf"|(?:{_CALLED})\s(?:the|this|that|it|him|her|them|its|their|his|{NAME_WORD})\b[^.,;:]{{0,50}}?\san?\s\w"
    rf"|(?:{_ASKED})\s(?:[^.,;:]{{2,60}}?\s)?(?:whether|if|why|how|what|who|when|where|which)\s"
    rf"|(?:{_CLAUSE})\s(?:(?:{any_of(SUBJECTS, FIRST)}|there)\s|(?:[^\s.,;:]{{1,20}}\s){{1,8}}?(?:{_FINITE})\s)"
    rf"|(?:{_OBJECT})\s(?!by\b|in\b|on\b|at\b|from\b|to\b|for\b|of\b|with\b|and\b|as\b)\w)"
)
# "saying that", behind a comma: what the subject of the sentence goes on to say.
SAYING = re.compile(
    r"(?:,|\b(?:after|before|by|while|when|statement|letter|note|message|memo|report|post))\s(?P<verb>adding|saying|warning|insisting|noting"
    r"|claiming|arguing|stressing|explaining|promising|suggesting|writing|confirming|complaining|declaring"
    r"|predicting|telling|calling|describing|accusing|urging|demanding|threatening|vowing|pledging|refusing|denying|rejecting"
    r"|offering|asking|conceding|admitting|announcing|declaring)(?:(?<=accusing)(?=\s[^,;:.]{2,60}?\sof\s)"
    r"|(?<=urging)(?=\s\w)|(?<=calling)(?=\s(?:for|on|it|the|them|him|her)\s)|(?<=demanding)(?=\s\w)|(?<=threatening)(?=\sto\s)"
    r"|(?<=vowing)(?=\sto\s)|(?<=pledging)(?=\sto\s)|(?<=refusing)(?=\sto\s)|(?<=offering)(?=\sto\s)|(?<=denying)(?=\s\w)"
    r"|(?<=rejecting)(?=\s\w)|(?<=asking)(?=\s[^,;:.]{2,60}?\s(?:to|if|whether|for)\s)|(?<=saying)(?=\s\w)|(?<=adding)(?=\s\w)|(?<=arguing)(?=\s\w)|(?<=insisting)(?=\s\w)"
    r"|(?<=telling)(?=\s[^,;:.]{2,60}?\s(?:that|to)\s)|(?=\s(?:only\s)?that\s|:?\s?\x01)"
    rf"|(?=\s(?:the|{any_of(SUBJECTS)})\s))"
)
# "assured her that"
TOLD_WHOM = re.compile(
    rf"\s(?:{any_of(OBJECTS)})\s(?:{any_of(SUBJECTS)}|the)\s|\s(?:{any_of(OBJECTS)}|[\w’'-]+(?:\s[\w’'-]+){{0,3}}?)\sthat\s"
)
TAKES_HEARER = frozenset(_forms("assure remind inform promise warn ask").split("|"))
