"""What people are called by their work, and bodies by what they are: "foreign minister", "union". Two
tellings of one office share the words that count."""

import unicodedata
from functools import lru_cache
from itertools import takewhile

from service.english import closed, lexicon
from service.english.closed import words_of
from service.english.lexicon import REPORTING, SAYING, THINKING
from service.english.verbs import PASTS, THIRDS

# Before a single name these say no more than that it is somebody's.
HE_TITLES = words_of("mr sir lord king prince pope father brother")
SHE_TITLES = words_of("mrs ms miss dame lady queen princess sister mother")
TITLES = HE_TITLES | SHE_TITLES | words_of("dr prof professor rev saint")
SHORT_TITLES = words_of("mr mrs ms dr prof rev sen gov gen rep col capt lt maj sgt adm hon st")
_PAIRS = (
    "sen senator/gov governor/gen general/rep representative/col colonel/capt captain/lt lieutenant/maj major"
    "/sgt sergeant/adm admiral/prof professor/spokesperson spokesman/defense defence/adviser advisor"
    "/chair chairman/chairperson chairman"
)
_SAME = dict(pair.split() for pair in _PAIRS.split("/"))
_ROLES = words_of(
    "secretary minister president chancellor premier envoy ambassador chief chairman chairwoman chair judge"
    " justice senator representative congressman congresswoman governor mayor general colonel captain"
    " sergeant lieutenant major admiral commissioner director spokesman spokeswoman spokesperson leader king"
    " queen prince princess pope archbishop bishop professor coach attorney detective officer sheriff ceo"
    " cfo coo cto speaker adviser advisor analyst prosecutor mediator negotiator councillor councilman"
    " councilwoman head deputy aide member delegate diplomat official lawyer doctor nurse surgeon teacher"
    " student historian politician economist treasurer manager owner founder boss monarch emperor emir"
    " sultan commander soldier assistant attache consul economist scientist scholar expert lawmaker"
    " legislator activist accountant architect artist singer musician pilot skipper sailor fisherman"
    " trawlerman farmer miner baker weaver driver worker shepherd priest imam rabbi vicar nun monk"
    " veteran volunteer resident neighbour neighbor widow host presenter anchor correspondent reporter"
    " journalist editor columnist author writer poet novelist critic guide guard ranger inspector"
    " constable marshal ombudsman regulator auditor banker broker trader investor engineer physicist"
    " chemist biologist physician psychiatrist psychologist pathologist paramedic midwife steward clerk"
    " registrar rector dean principal provost whip candidate emissary rapporteur convener convenor"
    " rancher trustee campaigner baron baroness tycoon magnate mogul bowler batter keeper"
    " commodore brigadier warlord rebel mp mep chairperson coordinator organiser organizer arbitrator"
    " counsel barrister solicitor plaintiff defendant witness survivor heir curator chef butcher grocer"
    " shopkeeper stallholder surveyor carpenter plumber electrician programmer developer researcher"
)
COMPANIES = words_of(
    "insurer publisher operator retailer carrier lender maker carmaker manufacturer supplier distributor"
    " producer exporter importer broadcaster charity newspaper"
)
_NO_ROLE = words_of(
    COMPANIES,
    (month.lower() for month in closed.MONTHS),
    "after under over former later either other another whether together however never number letter paper"
    " power water order winter summer matter border offer counter minor"
    " prior senior junior per newspaper river corner tower quarter chapter center power order cover fever"
    " tanker trawler freighter carrier bunker helicopter computer paper silver timber lumber copper rubber"
    " error terror mirror factor sector tractor motor reactor corridor harbor labor favor armor honor door"
    " floor poor consider remember deliver discover recover offer suffer differ prefer refer transfer enter"
    " answer gather rather further farther longer higher lower upper inner outer nearer bigger better"
    " cheaper older younger larger smaller greater stronger weaker easter twister list exist insist assist"
    " consist resist persist twist mist fist dinner banner manner disaster register barrier layer layover"
    " ladder shoulder folder binder wonder thunder murder ever whoever wherever altogether human woman man"
    " brother mother father sister daughter predecessor successor partner"
    " centrist socialist communist leftist populist nationalist separatist",
)
# Neither say nor do anything by words.
SPEECHLESS = words_of(
    "flood storm rain snow wind frost fog ice tide sea river stream weather winter summer spring autumn"
    " drought road bridge hill mountain valley rope film song music painting photograph picture vote delay"
    " strike fire war battle silence noise cannon bell clock sun moon sky night morning evening day week"
    " month year hour price cost shortage crisis pandemic virus disease earthquake accident crash collapse"
    " explosion incident table chair door window wall roof car truck lorry train boat ferry aircraft plane"
    " machine engine"
)
_ENDINGS = ("er", "or", "ist", "man", "woman", "eer", "ess")
RANKS = words_of(
    "vice deputy acting interim shadow assistant associate under former prime designate junior then ex late"
    " onetime erstwhile incoming future would-be self-styled retired departing ousted lieutenant"
)
PORTFOLIOS = words_of(
    "state foreign affairs defence defense justice health finance energy trade commerce labour labor"
    " education transport transportation agriculture interior treasury homeland security war culture"
    " environment economy industry fisheries housing tourism development exchequer home peace"
)
BODIES = words_of(
    COMPANIES,
    "ministry union government council court commission committee agency party movement company firm bank"
    " league association parliament assembly board authority department bureau army navy police society"
    " organisation organization university hospital cabinet coalition delegation group team club federation"
    " alliance front institute foundation senate congress guild cooperative charity brigade brigades"
    " militia office tribunal secretariat embassy consulate corporation airline network syndicate chamber"
    " service staff nations house circle forum lobby caucus bloc panel compact confederation",
)
SETTLEMENTS = words_of("capital city town village port province region island republic kingdom country")
PLACES = words_of(
    "bay island islands strait river sea valley street square hall bridge dam hotel canal airport"
)
PLACES_BEFORE = words_of("port fort mount lake cape")
# Say nothing of which one is meant.
_ANY = words_of(
    "new old same whole entire other first second third last next two three several only main local"
    " national rival own big small largest current present entire latest joint so-called embattled long-time"
)
PREPOSITIONS = words_of(
    "of for at in to from with on by about into near against over under between among via"
)
NUMBERS = frozenset(closed.NUMBERS)
PLACED = words_of("in near outside across inside")
STOPS = PREPOSITIONS | words_of(
    *(closed.DETERMINERS, closed.DEMONSTRATIVES, closed.THIRD, closed.TALKERS, closed.SELVES),
    *(closed.QUESTION_WORDS, closed.ASKING, closed.RARE_MODALS, closed.BEING),
    "and but or nor so if as then there here not no yes before after since until while because although"
    " though than when also both either neither only just even still yet once during through without"
    " within despite amid like behind beside alongside according am now today yesterday tomorrow tonight"
    " however meanwhile later earlier some any many several all each every most more such",
) - {"may", "will"}
# In forms that are no nouns: a state and a claim are.
_REPORTS = {word for word in SAYING | THINKING | REPORTING.keys() if word.endswith(("s", "ed"))} | set(PASTS)
_DONE = (
    PASTS.keys()
    | THIRDS.keys()
    | _REPORTS
    | lexicon.PASTS
    | words_of(
        "drew rang slept wept fled sat lay drove flew ate drank swam threw caught fought broke chose hid rode"
        " shook"
        " tore wore lost met shot shut stuck swept swore became remains seems owes wants likes"
    )
)
# What a country and its people, or one and several, differ by.
_ENDS = words_of("a an n en ian ans ns ese ish i is ic y e s land") | {""}
_PEOPLES = (
    "french france/dutch netherlands/danish denmark/us america/u.s america/uk britain/british britain"
    "/polish poland/irish ireland/welsh wales/spanish spain/turkish turkey/greek greece/norwegian norway"
    "/swiss switzerland/filipino philippines/finnish finland"
)
_COUNTRIES = dict(pair.split() for pair in _PEOPLES.split("/"))


def ranks(role: str | None, told: frozenset[str]) -> frozenset[str]:
    """What makes an office another one: "deputy", "former", a minister's "of state"."""
    return told & (RANKS | {"state"} if role == "minister" else RANKS)


def is_role(word: str) -> bool:
    return is_known_role(word) or (len(word) > 4 and word.endswith(_ENDINGS) and word not in _NO_ROLE)


def is_known_role(word: str) -> bool:
    """Not by its ending alone, by which surnames and first names pass too."""
    rank, _, role = word.rpartition("-")  # "ex-minister"
    return word in _ROLES or word in _SAME or (rank in RANKS and role in _ROLES)


def is_saying(word: str) -> bool:
    return word in _REPORTS


def is_doing(word: str) -> bool:
    """Whether it can't be part of a name of an office or body, being a verb's form."""
    return word in _DONE or (len(word) > 4 and word.endswith("ed"))


def telling(words: list[str]) -> frozenset[str]:
    """Of the words of an office or body those that tell it from another, however they are written."""
    every = [part for word in words for part in (word.split("-") if is_known_role(word) else (word,))]
    return frozenset(same_word(word) for word in every if word not in STOPS and word not in _ANY)


@lru_cache(maxsize=8_192)
def same_word(word: str) -> str:
    """One form for those that mean one: "spokeswoman" and "spokesman", "Dutch" and "Netherlands"."""
    low = unicodedata.normalize("NFC", word).lower()
    low = low.rpartition("-")[2] if is_known_role(low) else low
    return _COUNTRIES.get(low, _SAME.get(low, low))


def forms_of(country: str) -> frozenset[str]:
    """ "Spain" and "Spanish", which share too few letters to be told by them; any other word alone."""
    its = _COUNTRIES.get(country, country)
    return frozenset({country, its, *(people for people, of in _COUNTRIES.items() if of == its)})


def are_told(asked: frozenset[str], told: frozenset[str]) -> bool:
    """Whether each word that is asked for is among those told, a country for its people: "Ruritanian" where
    "Ruritania" is told."""
    return all(word in told or any(_akin(word, other) for other in told) for word in asked)


def _akin(one: str, other: str) -> bool:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return shared >= 4 and one[shared:] in _ENDS and other[shared:] in _ENDS
