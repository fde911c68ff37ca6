"""The verbs of reported speech, by what has to stand beside them before they report."""

from service.english.closed import DO, HAVE, OBJECTS, SUBJECTS, any_of, by_letter
from service.english.patterns import lazily
from service.english.verbs import past, third


def _forms(bases: str) -> str:
    return any_of(dict.fromkeys(form for base in bases.split() for form in (third(base), past(base))))


def forms(bases: str) -> str:
    """With the bare form, which a subject in the plural has: "insiders claim"."""
    return f"{_forms(bases)}|{any_of(bases.split())}"


# These report whatever follows them.
STRONG = "would say only|would only say|could say only|will say only|said|says|say|told|tells|tell|" + _forms(
    "tweet reiterate insist argue"
)


def phrasal(table: str) -> str:
    """Of "base base: particle, particle/...", with every form of each base."""
    rows = (row.partition(":") for row in table.split("/"))
    return any_of(
        rf"{form} (?:{any_of(one.strip() for one in particles.split(','))})"
        for bases, _, particles in rows
        for form in forms(bases).split("|")
    )


# What is done with two words.
PHRASES = (
    phrasal(
        "call press push lobby campaign appeal plead vote opt: for/point: to"
        "/object consent assent admit confess allude: to/hint: at/warn: of, against/vote: against"
        "/complain boast joke gripe grumble: of, about/worry: about/rail: against/lash hit: out at"
        "/agree: on, with/disagree: with/play talk: down, up/turn: down/commit: to"
        "/apologise apologize: for, to/vouch: for/insist: on, upon/advise counsel caution decide: against"
    )
    + "|spoke (?:against|out against|in favour of|up for|for)|speaks (?:against|out against|in favour of|up"
    " for|for)"
    "|came out (?:against|for|in favour of)|(?:took|takes|take) issue with"
    f"|(?:{any_of(DO[:2], HAVE)}) not ruled? out"
    "|swore to|(?:holds?|held) out for|(?:stands?|stood) (?:by|behind|firm on)|(?:casts?|threw) doubt on"
    "|rul(?:ed|es|e) out|(?:puts?) forward|beg(?:ged|s) for|would (?:like|prefer|rather)"
)
# These do so beside a quotation, a colon or "that".
_OF_TWO = (
    "put it|puts it|wrote back|writes back|"
    "let it be known|made it known|pointed out|points out|went on|goes on|summed up|sums up"
    "|went further|goes further|spoke of|speaks of|thought aloud|hit back|hits back|fired back|shot back|let"
    " slip|lets slip"
)
_WEAK = (
    "add continue warn confirm report claim state note explain announce acknowledge declare deny stress"
    " emphasise emphasize suggest post reply respond ask answer retort assert allege clarify conclude"
    " concede recall remark urge vow pledge promise repeat testify joke predict reveal disclose signal"
    " hint describe call indicate underline underscore comment complain estimate caution counter observe"
    " maintain lament boast threaten demand propose object protest shout whisper mutter fume snap sigh"
    " thunder contend affirm assure remind inform doubt confide muse venture remember end laugh"
    " correct interject exclaim grumble murmur plead beg cry shrug smile groan bellow bark scream yell roar"
    " hiss growl chuckle scoff sneer tease opine moan whine marvel confess recount relate rule stipulate"
    " advise decree guarantee appeal retaliate rage storm rasp drawl stammer text email radio reaffirm verify"
    " certify notify counsel specify profess bemoan restate recommend chant sing gush chime interrupt record"
    " list allow assess"
)
WEAK = (
    f"{_OF_TWO}|report|read out|reads out|read aloud|reads aloud|read"
    f"|reads|ran|(?<=had )written|(?<=has )written|(?<=have )written|claim|allege|wrote"
    f"|writes|swore|swears|put|puts|began|begins"
    f"|{_forms(_WEAK)}"
    "|admitted|admits|signalled|quipped|quips"
)
# What these say is done rather than told, or thought.
_DONE = (
    "offer agree refuse order decline welcome dismiss hail praise brand denounce condemn criticise criticize"
    " term blast mock accuse expect hope believe fear worry label accept want seek wish intend plan undertake"
    " instruct invite implore encourage forbid direct command summon request oppose support back endorse"
    " defend dispute contest question decry deplore lambast ridicule blame fault wonder inquire enquire"
    " recommend favour favor forecast consider reckon suspect guess calculate press challenge petition appeal"
    " apologise apologize dub regret understand attack liken compare guarantee table veto slam"
)
# Praise and blame: these are nouns too, or take no other form.
PRAISED = _forms(
    "thank congratulate scold rebuke reprimand chide berate castigate upbraid admonish commend applaud salute"
    " laud compliment deride disparage belittle refute rebut repudiate disavow tout trumpet champion advocate"
    " scorn rebuff downplay"
)
_ACTS = (
    f"{PHRASES}|rejected|rejects|reject|labelled|thinks|thought|think|sought|forbade|swore|undertook"
    f"|{forms(_DONE)}"
    f"|{PRAISED}"
)
_BARE = (
    "add continue warn confirm state note explain announce acknowledge declare deny stress suggest argue"
    " insist concede vow pledge promise predict reveal hint estimate maintain demand propose"
    " object threaten contend"
    " remember urge ask call write admit describe remark reply respond swear complain recall"
)
_DOING = (
    "threatening|demanding|asking|urging|calling|offering|refusing|seeking|proposing|promising"
    "|pledging|vowing"
    "|insisting|denying|accusing|warning|claiming|saying|telling|planning|expecting|hoping|considering"
    "|holding out for"
)
# What is read says something with these too.
_OF_PAPERS = (
    "found|finds|find|showed|shows|show|gave|gives|give|sets|set|referred to|refers to|refer to|commits"
    "|commit|record|put|counted|counts|count|"
) + forms("project detail outline envisage specify")
VERB = lazily(
    rf"(?<![\w’'-])(?:(?P<strong>{by_letter(STRONG)})|(?!(?:{by_letter(PHRASES)})(?![\w’'-]))(?P<weak>{by_letter(WEAK)})"
    rf"|(?P<act>{by_letter(_ACTS)})"
    rf"|(?P<bare>{by_letter(any_of(_BARE.split()))})"
    rf"|(?P<doing>{by_letter(_DOING)})|(?P<paper>{by_letter(_OF_PAPERS)}))(?![\w’'-])"
)
# What is thought may stand before them: "the mill, she reckons, is lost".
THINKING = frozenset(
    forms("reckon believe think guess suspect fear hope expect calculate accept agree regret forecast").split(
        "|"
    )
) | {"thought", "thinks"}
# With these a subject is in the plural.
BARE = frozenset(
    ("report", "claim", "allege", *_BARE.split(), *_DONE.split(), "reject", "slam", "think", "rule out")
) - {"forecast"}  # which is its past as well
# With a quotation somewhere behind them these report: "hailed the deal as “a gift”".
QUOTING = frozenset(
    (
        "wrote|writes|spoke of|speaks of|put|puts|rejected|labelled|slammed|"
        + _forms(
            "describe call warn deny welcome dismiss hail praise brand denounce condemn criticise criticize"
            " term blast mock label thank accuse promise pledge offer demand threaten propose predict urge"
        )
    ).split("|")
)
_SAYING_THAT = (
    "adding|saying|warning|insisting|noting|claiming|arguing|stressing|explaining|promising|suggesting"
    "|writing"
    "|confirming|complaining|declaring|predicting|telling|calling|describing|accusing|urging|demanding"
    "|threatening|vowing|pledging|refusing|denying|rejecting|offering|asking|conceding|admitting|announcing"
    "|branding|labelling|blaming|swearing|boasting|hinting|joking|replying|acknowledging|alleging|assuring|informing"
    "|reminding"
)
# "saying that", behind a comma: what the subject of the sentence goes on to say.
SAYING = lazily(
    r"(?:,|\b(?:after|before|by|while|when|statement|letter|note|message|memo|report|post))\s"
    rf"(?P<verb>{_SAYING_THAT})(?:"
    r"(?:(?<=saying)|(?<=adding)|(?<=arguing)|(?<=insisting)|(?<=urging)|(?<=demanding)|(?<=denying)"
    r"|(?<=rejecting))(?=\s\w)"
    r"|(?:(?<=threatening)|(?<=vowing)|(?<=pledging)|(?<=refusing)|(?<=offering))(?=\sto\s)"
    r"|(?<=accusing)(?=\s[^,;:.]{2,60}?\sof\s)"
    r"|(?<=blaming)(?=\s[^,;:.]{2,60}?\sfor\s)"
    rf"|(?<=calling)(?=\s(?:for|on|it|the|{any_of(OBJECTS)})\s)"
    r"|(?<=asking)(?=\s[^,;:.]{2,60}?\s(?:to|if|whether|for)\s)"
    rf"|(?<=telling)(?=\s[^,;:.]{{2,60}}?\s(?:that|to|{any_of(SUBJECTS)})\s)|(?<!blaming)"
    r"|(?=\s(?:only\s|to\s\w+\s|\w+\s)?that\s|:?\s?\x01)"
    rf"|(?=\s(?:the|{any_of(SUBJECTS)})\s))"
)
# "assured her that"
TOLD_WHOM = lazily(
    rf"\s(?:{any_of(OBJECTS)})\s(?:{any_of(SUBJECTS)}|the|there|no|nobody|nothing)\s"
    rf"|\s(?:{any_of(OBJECTS)}|[\w’'-]+(?:\s[\w’'-]+){{0,5}}?)\sthat\s"
)
TAKES_HEARER = frozenset(_forms("assure remind inform promise warn ask").split("|"))
# What says what is read in it
PAPERS = lazily(
    r"\b(?:letter|statement|note|notice|memo|message|e?mail|text|post|tweet|report|document|card|sign|banner|poster"
    r"|placard|headline|plaque|label|inscription|caption|slogan|graffiti|ticket|board|page|book|story|article|rule"
    r"|clause|paragraph|entry|motion|order|ruling|judgment|resolution|petition)s?\b"
)
