"""The words that the verifier knows: those that claim nothing alone, and those that turn a claim.

Closed classes of English, as grammars list them, and the verbs of reported speech by what they commit
their speaker to. A word that stands in no list is a content word and needs its quotation.
"""

from service.english import closed
from service.english.closed import words_of

# Say nothing by themselves. Left out on purpose, so that a quotation must have them: or, from, against,
# before, after, over, under, more, less, only, all, most, least, up, down, if, because.
FREE = words_of(
    *(closed.ARTICLES, closed.DEMONSTRATIVES, closed.THIRD, closed.SELVES, closed.TALKERS),
    *(closed.WHAT, closed.WHO, closed.BE, closed.BEING, closed.HAVE, closed.DO),
    "there here when where how as of to in on at by for with and am having doing done also then too so"
    " whether about into than while but s",
)
NEGATIONS = words_of("not no never none nobody nothing neither nor without")
# Joins two clauses or two members of a list: on its other side another subject may stand.
JOINS = words_of(
    "and or but nor yet so while as when whereas where because though although after before since until"
    " if unless that than which",
    closed.WHO,
)
# What a modal claims, and the weaker or reported forms that may stand for it.
MODALS = {word: word for word in (*closed.MODALS, *closed.RARE_MODALS)}
MODALS |= {"shall": "will", "ll": "will", "ought": "should"}
REPORTED_AS = {now: {now, then} for now, then in (("will", "would"), ("can", "could"), ("may", "might"))}
HEDGES = words_of(
    "allegedly reportedly potentially possibly perhaps probably likely apparently supposedly purportedly"
    " maybe nearly almost barely hardly scarcely"
)
SAY = "say"
_VERBS = {
    SAY: "say says said saying tell tells told telling add adds added adding state states stated"
    " stating note noted"
    " remark remarked comment commented explain explained according write wrote reply"
    " replied continue continued",
    "deny": "deny denies denied denying",
    "refuse": "refuse refuses refused refusing decline declines declined declining",
    "agree": "agree agrees agreed agreeing",
    "promise": "promise promises promised promising vow vows vowed pledge pledges pledged pledging",
    "threaten": "threaten threatens threatened threatening",
    "warn": "warn warns warned warning caution cautioned",
    "ask": "ask asks asked asking",
    "urge": "urge urges urged urging",
    "order": "order orders ordered ordering",
    "demand": "demand demands demanded demanding",
    "claim": "claim claims claimed claiming allege alleges alleged alleging",
    "admit": "admit admits admitted admitting acknowledge acknowledged concede conceded",
    "confirm": "confirm confirms confirmed confirming",
    "suggest": "suggest suggests suggested suggesting hint hinted",
    "insist": "insist insists insisted insisting stress stressed emphasised emphasized",
    "predict": "predict predicts predicted predicting forecast",
    "announce": "announce announces announced announcing declare declares declared declaring",
}
REPORTING = {word: kind for kind, words in _VERBS.items() for word in words.split()}
# Left out, these leave a stronger or a contrary claim behind; the others may be told as "said".
BINDING = words_of("deny refuse promise threaten ask urge order demand claim suggest predict")
HEARERS = words_of(
    "reporters journalists lawmakers senators investors viewers listeners readers supporters officials"
    " aides allies court jury committee parliament council police"
)
WEEKDAYS = {short: day for day in map(str.lower, closed.DAYS) for short in (day, day + "s", day[:3] + ".")}
MONTHS = {
    short: month
    for month in map(str.lower, closed.MONTHS)
    for short in (month, month[:3] + ".", *(["sept."] if month == "september" else []))
}
RELATIVE_DAYS = words_of("today yesterday tomorrow tonight")
NUMBERS = {word: value for value, word in enumerate(("zero", *closed.UNITS, *closed.TEENS))}
NUMBERS |= {word: 10 * value for value, word in enumerate(closed.TENS, start=2)}
SCALES = closed.SCALES | {"dozen": 12, "k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), start=1)}
# Each verb or noun before its forms.
_FORMS = (
    "go goes going gone went; make made making; take took taken taking; give gave given giving; "
    "come came coming; get got gotten getting; see saw seen; know knew known; think thought; "
    "find found; leave left leaving; meet met; win won winning; lose lost losing; "
    "begin began begun beginning; hold held; keep kept; bring brought; speak spoke spoken; buy bought; "
    "sell sold; send sent; pay paid; fall fell fallen; rise rose risen rising; run ran running; "
    "become became becoming; lead led; feel felt; build built; break broke broken; "
    "choose chose chosen choosing; fight fought; grow grew grown; hear heard; mean meant; show shown; "
    "stand stood; spend spent; teach taught; understand understood; wear wore worn; "
    "withdraw withdrew withdrawn; man men; woman women; child children; person people"
)
IRREGULAR = {form: row.split()[0] for row in _FORMS.split(";") for form in row.split()[1:]}

# -- for a statement laid beside its sentence (cut.py) --
# Come and go without a change of sense.
AUXILIARIES = words_of(closed.HAVE, closed.DO)
NEUTRAL = AUXILIARIES | words_of(closed.ARTICLES, "that also then s")
PRESENT = words_of(closed.IS, "am")
PAST = frozenset(closed.WAS)
BE = words_of(PRESENT, PAST, closed.BEING)
HALF_VERBS = BE | AUXILIARIES
CONNECTS = words_of("and but so yet still however")
ADVERBS = words_of("immediately later earlier recently already still again directly now")
PLACED = words_of("in on at during")
OFFICES = words_of(
    "president minister secretary envoy ambassador chief mayor governor senator spokesman spokeswoman"
    " spokesperson leader chancellor premier adviser advisor chairman chairwoman general negotiator"
    " mediator captain coach analyst"
)
# With what the rest of a sentence may begin where no mark does.
ONWARD = words_of("to that in on at for with which while and of about", closed.WHO)
# "Rose by 4 per cent" and "rose 4 per cent" are one; "won by 4 seats" and "won 4 seats" aren't.
RISES = words_of(
    "rose rise rises risen rising fell fall falls fallen falling grew grow grows grown growing dropped"
    " drop drops climbed increased increase increases decreased shrank jumped slipped gained"
)
# Left out, these leave the name of something else: "South Sudan", "Vice President", "White House".
NO_TITLES = words_of(
    "north south east west northern southern eastern western central new greater upper lower papua"
    " equatorial old great hong saudi costa el san los las saint st"
)
# With a capital at the head of a sentence and a name behind them, these are no part of the name.
OPENERS = words_of(
    "suppose assume imagine pretend guess believe doubt prove bet picture pity wish watch let help because"
    " lest unlike like since though although unless if while when whereas why how what even only not never"
    " maybe perhaps say former fake impostor fictional"
)
RANKS = words_of("vice deputy acting interim shadow assistant associate under former prime designate junior")
BODIES = words_of(
    "house court council union party bank office ministry department commission committee agency"
    " authority bureau senate parliament congress assembly times post journal herald news radio league"
    " nations states kingdom republic sea river street university institute company group association"
    " front movement army force forces navy police service guard watch fund organisation organization"
    " alliance treaty pact accord agreement summit islands city province region day"
)
# Of what these are said, whatever is left out makes them say more: "the first since May".
SWEEPING = words_of(
    "all every each any always ever only most first last best worst least sole entire whole everyone"
    " everybody everything anyone anybody anything both neither either unanimous unanimously"
)
# Where one of these is left out, what is left may no longer hold.
PRIVATIVE = words_of("former ex would-be alleged supposed")
CONDITIONS = words_of(
    "if unless until only provided except without over but although though however despite assuming"
    " pending should or than once otherwise instead rather hardly failed unlikely impossible after before"
    " when whenever principle theory jest vain subject condition conditions conditional reservation"
    " reservations caveat caveats"
)
FALSIFIERS = words_of(
    "false falsely untrue forged forgery wrong wrongly lie lies lied myth hoax rumour rumor rumours"
    " rumors fake denied deny denies dismissed dismisses rejected rejects reject disputed disputes dispute"
    " contested contradicted joked joke hypothetical fiction satire retracted withdrew withdrawn mistaken"
    " error incorrect baseless unfounded unconfirmed unverified"
)
TURNS = CONDITIONS | FALSIFIERS | PRIVATIVE | NEGATIONS
RELATIVES = words_of(closed.WHO, "which where")
# Say that something was said, and nothing more.
SAYING = words_of(
    "say says said saying tell tells told telling state states stated explain explained note noted"
)

# -- for what puts a claim in somebody's mouth (reported.py) --
THINKING = words_of(
    "argue contend maintain believe think hope fear suspect doubt feel assert aver complain boast testify"
    " swear attest recall remember recount relate conclude estimate reckon calculate speculate guess"
    " suppose assume imagine understand report charge accuse joke muse reveal disclose indicate signal"
    " imply proclaim describe call emerge seem appear transpire learn hear show lament reiterate tweet"
    " quip respond answer retort clarify underline underscore observe counter repeat read"
)
ALSO_NOUNS = words_of(
    "claim claims state states note notes demand demands order orders comment comments remark remarks"
    " report reports charge charges hope hopes fear fears doubt doubts estimate estimates show shows"
    " signal signals promise promises call calls answer answers forecast vow pledge pledges decline"
    " declines guess joke post posts record records counter address feel swear hint stress caution reply"
    " thought threat saying telling"
)
BEFORE_NOUN = words_of(
    *(closed.DETERMINERS, closed.FIRST_OWNERS, closed.DEMONSTRATIVES),
    "no any some of in on at for with to from by under and or first last new own s",
)
VIEWS = words_of(
    "view views opinion opinions account accounts telling reckoning words version judgment judgement"
    " estimation belief eyes evidence narrative allegation allegations accusation accusations testimony"
)
CITING = words_of("citing cited cites cite quoting quoted quotes quote attributed")
# With these begins what somebody said; before these "that" and "this" begin a time.
CONTENT_OPENS = words_of(closed.SUBJECTS, closed.FIRST, closed.OWNERS, "that there whether how why what if")
TIMES = words_of("day week month year night morning evening afternoon time")
COORDINATES = words_of("and or but nor plus then")
# Of verbs that report when they end what stands behind a mark, those whose past has no "-ed".
PASTS = words_of(
    "found held ran had saw heard felt thought wrote sang read swore knew told said put made gave began came"
    " went let cut set hit sent taught sought rang spoke"
)
# At the head of what stands behind a mark these say whose words stood before it.
SOURCES = words_of(
    "sources source officials official critics aides aide people experts analysts diplomats prosecutors"
    " lawyers witnesses insiders rivals opponents"
)
HEADS = words_of("so per this read reads ran runs goes went")
MATTERS = words_of("claim charge assertion rumour rumor story report")
