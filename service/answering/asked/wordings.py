"""How people word a question that wants an overview: a wording a line, as a regular expression, <NAMES>
standing for what `_NAMED` gives them."""

import re
from enum import StrEnum

from service.english import DAYS, MONTH, any_of, closed, lazily, words_of


class Overview(StrEnum):
    """What of: the whole, who takes part, what one wants, two beside each other, and so on."""

    GIST = "gist"
    PEOPLE = "people"
    POSITION = "position"
    COMPARISON = "comparison"
    ACCOUNTS = "accounts"  # the articles beside each other
    AGREED = "agreed"
    TERMS = "terms"  # what is in the agreement
    OPEN = "open"
    NEXT = "next"
    STATE = "state"  # where it stands: what the latest articles tell, agreed, in dispute, to come
    GOT = "got"  # what one asked for, beside what was agreed
    TIMELINE = "timeline"
    COURSE = "course"  # of one matter
    DAY = "day"
    SINCE = "since"
    SOURCES = "sources"


# What a negotiation is called by whoever asks about the whole of it.
EVENTS = words_of(
    "talk talks negotiation negotiations dispute conflict crisis strike deal affair case situation summit"
    " matter process discussion discussions row standoff war bid takeover merger meeting meetings"
    " bargaining story"
)
_ONE_OF_SEVERAL = rf"(?:first|second|third|last|next|previous|earlier|{any_of(DAYS)})\b"
_A_NAME = r"[\w’'&.-]+(?: [\w’'&.-]+){0,4}?"
_NAMED = {
    "BE": f"(?:'s| {'| '.join(closed.BE)})",
    "ARE": any_of(closed.BE),
    "DO": any_of(closed.DO),
    "ME": "(?: me| us)?",
    "GIVE": f"(?:(?:(?:{any_of(closed.MODALS)}) (?:you|u) )?(?:please )?"
    "(?:(?:give|show|tell|get|send|write|make|list|name)<ME> |(?:i|we) (?:need|want|would like) )?"
    "(?:an? |the |some |all (?:of )?(?:the )?|your )?)",
    "IT": "(?:this|it|that|these|everything|all(?: of)?(?: this| that| it)?"
    "|(?:this |the )?(?:whole|entire) (?:thing|matter|saga)"
    "|(?:the|these|those|this|all(?: the)?|both|your) (?:(?:whole|entire|two|three|current|latest|news) )?"
    "(?:<ARTICLES>|<TALKS>))",
    "ARTICLES": "(?:articles?|reports?|stor(?:y|ies)|news|coverage|sources?|outlets|papers|newspapers"
    "|accounts)",
    "TALKS": f"(?:(?!{_ONE_OF_SEVERAL})[\\w’'-]+ ){{0,2}}?(?:{any_of(EVENTS)})",
    "DEAL": "(?:deal|agreement|treaty|accord|settlement|pact|truce|compromise|package|breakthrough)",
    "SIDES": "(?:they|we|(?:the|both)(?: two| different| various| main)?(?: sides?| parties| party)|both)",
    "EACH": "(?:<SIDES>|each side|each party|everyone|everybody|each of them)",
    "SUM": "(?:(?:short|brief|quick|one-paragraph|concise|rough|general|bullet(?:ed)?|high-level) )*"
    "(?:summary|overview|gist|recap|briefing|outline|digest|rundown|synopsis|tl;?dr|essentials|highlights"
    "|<KEY>(?:points|takeaways?|facts)|background|context)",
    "KEY": "(?:(?:main|key|most important|bullet|remaining|biggest|big|chief|major|final|two|different"
    "|central|hardest|unresolved|outstanding|open|unsettled|disputed|latest|current|present|the) )*",
    "NOW": "(?: (?:so far|now|here|then|right now|at the moment|at present|currently|exactly|today|yet|still"
    "|over time|in the end|these days|since <OUTSET>|<IN_IT>))*",
    "OUTSET": "(?:(?:the )?(?:very )?(?:start|beginning|outset|first (?:day|round|session))|day one"
    "|(?:<IT>|they) (?:began|started|opened))",
    "IN_IT": "(?:(?:in|of|at|with|about|on|for|to|from|between|over|during) (?:<IT>|<SIDES>|them|us))",
    "SUMMARISE": "(?:summari[sz]e|sum up|recap|outline|brief (?:me|us) on)",
    "PARTIES": "(?:parties|sides|people|actors|players|negotiators|participants|stakeholders|protagonists"
    "|countries|groups|organi[sz]ations)",
    "INVOLVED": "(?:involved|taking part|participating|negotiating|(?:at|around) the table)",
    "WANT": "(?:want|demand|ask for|seek|insist on|call for|need|require|offer|propose|hope for)",
    "WANTING": "(?:wanting|asking for|demanding|seeking|insisting on|calling for|offering|proposing"
    "|holding out for|fighting for|after"
    "|(?:willing|prepared|ready) to (?:accept|offer|give(?: up)?|concede))",
    "ASKED_FOR": "(?:(?:(?:<HAVE>) )?(?:ask(?:ed|s)? for|want(?:ed|s)?|demand(?:ed|s)?|sought|seek"
    "|call(?:ed)? for|offer(?:ed)?))",
    "GOT": "(?:(?:(?:<HAVE>) )?(?:actually |finally |really )?(?:get|got|gets|gotten|won|win|receive[ds]?"
    "|end(?:ed)? up with))",
    "WHICH": f"(?:{any_of(closed.QUESTION_WORDS)})\\b",
    "SUBJECT": f"(?:{any_of(closed.SUBJECTS, closed.OWNERS)})",
    "MADE": "(?:make|made|put forward|set|raised?|given?|gave|propose[sd]?|offer(?:ed)?|named?|have|had)",
    "MOVES": "(?:concessions|offers?|demands?|proposals?|conditions|promises|threats)",
    "MOVE": "(?:chang|evolv|develop|shift|mov|progress|soften|harden)",
    "REACH": "(?:have|reach(?:ed)?|make|made|strike|struck)",
    "CANNOT": "(?:can(?:'t|not)|don't|won't|haven't|couldn't|didn't)",
    "HAVE": any_of(closed.HAVE),
    "S": "(?:'s?|(?<=s))",
    "STAND": "(?:positions?|stances?|views?|demands?|offers?|aims?|goals?|proposals?|line|conditions|terms"
    "|red lines?|asks|wishes)",
    "DIFFER": "(?:differ|disagree|argue|clash|diverge|compare|contradict each other)",
    "ALREADY": "(?:(?:already|finally|actually) )?",
    "BONES": "(?:sticking[ -]points?|issues|obstacles|disagreements|hurdles|differences"
    "|points of (?:contention|disagreement|dispute|conflict)|stumbling[ -]blocks?|problems)",
    "UNSETTLED": "(?:unresolved|open|unsettled|disputed|contested|contentious|in dispute|undecided|unclear"
    "|not (?:yet )?agreed|left to (?:agree|settle|resolve|decide))",
    "NEWS": "(?:(?:(?:latest|new|recent|most recent) )?(?:changes|developments|updates?|news))",
    "LINE": "(?:(?:short|brief|full|quick) )?(?:timeline|chronology|sequence of events|order of events)",
    "WITH": "(?: with (?:each other|one another))?",
    "DAY": rf"(?:(?:last |this )?(?:{any_of(DAYS)})|yesterday|today|\d{{4}}-\d\d-\d\d"
    rf"|(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{MONTH})(?:,? \d{{4}})?"
    rf"|(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)",
    "OF": rf"(?:the )?(?P<x>{_A_NAME})",
    "NO_KIND": "(?!<KEY>(?:<BONES>|<STAND>)<NOW>$)",
    "X": rf"(?P<x>{_A_NAME})",
    "ABOUT_WHAT": r"(?P<x>[^,;:]{2,80})",
    "Y": rf"(?P<y>{_A_NAME})",
    "X_AND_Y": "<X>(?:'s?)? (?:and|with|to|vs\\.?|versus|against) <Y>",
    "ON": r"(?: (?:on|about|over|regarding|concerning) (?P<topic>.{2,80}))?",
    "REPORTS": "(?:(?:(?:the|these|both|all)(?: the)? )?(?:(?:two|three|different) )?<ARTICLES>)",
    "SINCE": "since (?P<since><DAY>)",
    "ON_DAY": "(?P<since><DAY>)",
}
_WORDINGS = {
    Overview.STATE: """
        where (?:<DO>|<ARE>) (?:<IT>|things|we|they) (?:stand|at)<NOW>
        (?:what<BE> )?<KEY>(?:status|state of (?:play|affairs|<IT>))(?: of <IT>)?<NOW>
        (?:(?:<ARE>|has) there (?:been )?|(?!the)<GIVE>)?(?:any )?(?:progress|movement|<DEAL>)<NOW>
        is there (?:an? |any )?<DEAL><NOW>
        (?:<DO>|have|has) (?:<SIDES>|the talks) <ALREADY><REACH> (?:an? |any )?<DEAL><NOW>
        (?:<ARE>|has) (?:an? |any |the )?<DEAL> (?:been )?(?:reached|made|struck|agreed|done)<NOW>
        how (?:<DO>|<ARE>|has|have) (?:<IT>|things) (?:going|gone|go|end|ended|turn out|turned out)<NOW>
        how (?:far apart|close|near) (?:<ARE>) <SIDES>(?: to (?:an? )?<DEAL>)?<NOW>
        what (?:came|has come|will come) (?:out )?of <IT>
        what<BE> (?:new|the latest)(?: news)?<NOW>|(?:any |<GIVE>)<NEWS><NOW>
        (?:any ?thing )?(?:new|latest)<NOW>
        what (?:has )?changed(?: recently| lately| last)?<NOW>
        what (?:<ARE>) the <NEWS><NOW>|(?:any |the )?<NEWS> (?:of|on|about|from) <IT>
        (?:what<BE> |<GIVE>|any )?(?:the )?(?:latest|<NEWS>) (?:on|about|with|from) (?!<WHICH>)<OF>""",
    Overview.DAY: """
        what (?:all )?(?:happened|took place|went on|was (?:said|agreed|decided))<NOW> (?:on )?<ON_DAY>""",
    Overview.PEOPLE: """
        who<BE>? (?:all )?<INVOLVED><NOW>
        who<BE> who<NOW>|who (?:all )?takes part<NOW>|who wants what
        who<BE> (?:on (?:which|what) side|(?:negotiating|talking) (?:with|to) (?:whom?|each other))<NOW>
        (?:who|what|which) (?:<ARE>) the <KEY><PARTIES>(?: involved)?<NOW>
        (?:what|which) <PARTIES> (?:<ARE>) <INVOLVED><NOW>
        <GIVE><KEY><PARTIES>(?: involved)?<NOW>
        what (?:<DO>) <EACH> <WANT><NOW>|what (?:<ARE>) <EACH> <WANTING><NOW>
        (?:what (?:<ARE>) )?the <KEY>(?!terms\\b)<STAND><NOW>
        (?:<GIVE><SUM> (?:of|on)|<SUMMARISE>) (?:the )?<KEY>(?!terms\\b)<STAND>(?: of <EACH>)?<NOW>
        <STAND> of <EACH>
        what (?:<ARE>) (?:each (?:side|party)'s|(?:the (?:two )?|both )(?:sides|parties)') <STAND>
        what (?:<ARE>) the <STAND> of <EACH>
        where (?:<DO>) <EACH> stand""",
    Overview.TERMS: """
        what(?:<BE>)? (?:in )?the (?:(?:final|whole|signed) )?<DEAL><NOW>
        (?:what (?:<ARE>) )?(?:the )?<KEY>(?:terms|contents?|details) of the (?:(?:final|whole) )?<DEAL><NOW>
        (?:the )?(?:final |whole )?<DEAL>(?: explained)?<NOW>
        (?:what (?:<ARE>) |<GIVE><SUM> (?:of|on) |<SUMMARISE> )(?:the )?<KEY>terms(?: of the <DEAL>)?<NOW>
        (?:(?:<SUMMARISE>|explain|(?:tell (?:me|us) )?about)(?: the)?|<GIVE><SUM> (?:of|on)(?: the)?) <DEAL>
        what (?:<DO>) the (?:final )?<DEAL> (?:say|look like|include|contain|provide for|cover)""",
    Overview.AGREED: """
        what (?:<ARE>|has been|have been) <ALREADY>(?:agreed|settled|decided|resolved)(?: on)?<NOW>
        what (?:<DO>|have|has) <SIDES> <ALREADY>(?:agree|agreed)(?: on| upon| to)?<NOW>
        (?:where|on what) (?:<DO>|have) <SIDES> (?:agree|agreed)<NOW>
        what (?:<ARE>) the <KEY>(?:agreements?|outcomes?|results?|terms|common ground)<NOW>
        what (?:agreements?|deals?|results?) (?:<ARE>|has been|have been) (?:reached|made|struck)<NOW>
        what (?:<DO>) <EACH> (?:get|gain|win|give up|concede)<NOW>|who got what<NOW>""",
    Overview.POSITION: """
        what (?:do|does) <X> <WANT>(?: (?:or|and) <WANT>)?<NOW>
        (?:what(?:'s| is| are) )?<X><S> <STAND>(?: (?:and|or) <STAND>)?<NOW>
        what(?:'s| is| are) the (?:positions?|stance|demands) of <X>
        where (?:do|does) (?!<IT>|things|<SIDES>)<X> stand<NOW>
        what (?:<ARE>) <X> <WANTING>
        what (?:has|have) <X> (?:offered|demanded|proposed|asked for|called for)<NOW>
        what <MOVES> (?:<DO>|has|have) <X> <MADE><NOW>
        <SUMMARISE> <X>'s? <STAND>
        (?:<SUMMARISE>|<GIVE><SUM> (?:of|on)) (?:the )?<STAND> of <OF>""",
    Overview.GIST: """
        what<BE> <IT> (?:all )?about<NOW>
        what<BE> (?:going on|happening|at stake|at issue)(?: about)?<NOW>
        what<BE> the (?:story|situation|gist|upshot|background|context|dispute|bottom line)(?: about)?
        what (?:has )?happened(?: so far| here)?|what do i need to know|(?:the )?short version|in short
        (?:can you )?sum (?:<IT>|everything) up(?: for (?:me|us))?(?: (?:in|within) .{1,30})?
        what (?:<ARE>) (?:<SIDES>|people) (?:negotiating|talking|arguing|fighting)(?: (?:about|over|on))?<NOW>
        what do (?:we|you) know(?: about <IT>)?<NOW>
        what (?:<DO>) (?!the report\\b)<IT> (?:say|report|tell(?: us)?|cover)
        what (?:<DO>) <REPORTS> (?:say|report|tell us) (?:about|on) <OF>
        (?:<SUMMARISE>|explain)(?: <IT>)?<NOW>
        (?:<SUMMARISE>|explain) (?:the )?<NO_KIND><ABOUT_WHAT>
        what<BE> (?:the )?(?P<x>(?:dispute|conflict|row|story) (?:between|with) .{3,60}?)(?: (?:all )?about)?
        (?:what<BE> )?(?:the )?(?:story|deal|background) (?:with|of|behind) <OF>
        what role (?:<DO>|has|have) <X> (?:play|played|have|had)<NOW>
        <GIVE><SUM>(?: (?:of|on|about|for|from|in) <IT>)?<NOW>
        <GIVE><SUM> (?:of|on|about|for|from|in) (?:the )?<NO_KIND><ABOUT_WHAT>
        what (?:<ARE>) the <SUM>(?: (?:of|in|from|about) <IT>)?<NOW>
        what (?:<ARE>) the <SUM> (?:of|in|from) <OF>
        what (?:<DO>) the <X> <ARTICLES> (?:say|report|cover)
        (?:tell (?:me|us) )?about <IT>
        (?:catch|fill) me (?:up|in)(?: on <IT>)?|bring me up to (?:speed|date)(?: on <IT>)?""",
    Overview.GOT: """
        compare what <X> <ASKED_FOR> (?:and|with|to) what <SUBJECT> <GOT><NOW>
        what (?:<DO>|has|have) <X> <ASKED_FOR>,? (?:and|but) what (?:<DO>|has|have) <SUBJECT> <GOT><NOW>
        (?:<DO>|has|have) <X> <GOT> (?:what <SUBJECT> <ASKED_FOR>|<SUBJECT> (?:demands?|way))<NOW>""",
    Overview.ACCOUNTS: """
        (?:compare|contrast) <REPORTS>|compare how <REPORTS> (?:report|cover|tell) (?:on )?<IT>
        (?:<DO>|<ARE>) <REPORTS> (?:all )?(?:agree|<DIFFER>|consistent|say the same(?: things?)?)<WITH><NOW>
        (?:(?:<ARE>) there )?(?:any )?(?:contradictions?|differences?) (?:between|among|in) <REPORTS>
        (?:how|where|(?:on |in )?what) (?:<DO>) <REPORTS> <DIFFER>(?: (?:about|on|over))?
        what<BE> the differences? between <REPORTS>""",
    Overview.COMPARISON: """
        compare (?:what )?(?:the <STAND> of )?<X_AND_Y>(?:(?:'s?)? <STAND>)?(?: (?:say|said|want))?<ON>
        (?:how|where|on what) (?:<DO>) <X_AND_Y> <DIFFER><ON>
        how (?:<DO>) <X> (?:differ|diverge) from <Y><ON>
        what<BE> the differences between (?:what )?<X_AND_Y>(?: (?:say|want))?<ON>
        what (?:<DO>) <X_AND_Y> (?:each )?<WANT><NOW>
        what (?:<DO>) <X_AND_Y> <DIFFER> (?:on|about|over)
        compare what <X_AND_Y> (?:each )?(?:say|said|think|claim)(?: that)? (?P<topic>.{2,80})
        what (?:<DO>) <X_AND_Y> each (?:say|think|claim)<ON>
        how (?:<DO>) <X_AND_Y> (?:each )?(?:see|view|judge|explain) (?P<topic>.{2,80})""",
    Overview.OPEN: """
        (?:what<BE>|which (?:<ARE>)) the <KEY><BONES><NOW>
        what (?:<ARE>) [^?]{2,40}? and [^?]{2,40}? (?:arguing|fighting|at odds|divided) (?:about|over|on)<NOW>
        what(?:<BE>| remains?) (?:left |still )*to (?:be )?(?:settled?|agreed?(?: on)?|resolved?)<NOW>
        (?:what|where|on what) <CANNOT> <SIDES> (?:agreed?)(?: (?:on|about))?<NOW>
        why<BE> there (?:still )?no <DEAL><NOW>|why <CANNOT> <SIDES> (?:agreed?|<REACH> (?:an? )?<DEAL>)<NOW>
        (?:what|where|on what) (?:<DO>) <SIDES> (?:still )?<DIFFER>(?: (?:on|about|over))?<NOW>
        what (?:<ARE>) <SIDES> still (?:negotiating|arguing|talking|fighting)(?: (?:about|over|on))?<NOW>
        what<BE> (?:holding|blocking|stopping|delaying) (?:<IT>|an? (?:deal|agreement)|things)(?: up)?
        what<BE> holding up (?:<IT>|an? (?:deal|agreement)|things)
        what stands in the way<NOW>|what stands in the way of (?:an? |the )?(?:deal|agreement|peace)
        (?:<GIVE><SUM> (?:of|on) |<SUMMARISE> |<GIVE>)(?:the )?<KEY><BONES><NOW>
        (?:<GIVE><SUM> (?:of|on) |<SUMMARISE> )?what(?:<BE>| remains?) (?:still )?<UNSETTLED><NOW>""",
    Overview.NEXT: """
        what(?:<BE>| will be)? (?:happens?|comes|happening|coming|the)? ?next(?: steps?)?<NOW>
        what (?:happens|will happen)(?: now| next| then| after (?:this|that))?<NOW>
        what (?:<ARE>) (?:expected|planned|scheduled)(?: to happen)?(?: next)?<NOW>
        (?:what<BE> )?<GIVE>next steps?<NOW>|what now|(?:so )?what happens now|what<BE> planned<NOW>
        what (?:happens|comes|will happen|follows) after (?:that|this|<IT>|the signing|the <DEAL>)
        (?:how|where) (?:<DO>|will) (?:<IT>|things|they) go (?:on|from here)
        what<BE> on the agenda<NOW>|what (?:can|should) (?:i|we) expect(?: next)?<NOW>""",
    Overview.TIMELINE: """
        <GIVE><LINE>(?: of (?:the )?events)?<NOW>
        <GIVE><LINE> (?:of|for|on) (?:the )?<ABOUT_WHAT>
        what<BE> the <LINE><NOW>
        what happened (?:when|in what order|and when|day by day|step by step|first)
        (?:what (?:<ARE>) )?(?:the )?<KEY>(?:dates|events|milestones)<NOW>
        (?:walk|take) (?:me|us) through (?:<IT>|what happened)
        how (?:<DO>|has|have) (?:<IT>|things|events) (?:unfold|develop|evolve|progress|come about)(?:ed)?<NOW>
        how did (?:<IT>|things|we) get (?:here|to this point)""",
    Overview.COURSE: """
        how (?:<HAVE>|<DO>) (?!<SIDES>|the\\b|their\\b)<X>(?:'s?)? <STAND> <MOVE>(?:es|ed|d|ing|e)?<NOW>
        how (?:<HAVE>|<DO>) <SIDES>(?:'s?)?(?: <STAND>)? <MOVE>(?:es|ed|d|ing|e)?<NOW>(?: since .{2,40})?
        how (?:<HAVE>|<DO>) (?:the|their|both) (?:<MOVES>|bids|positions) <MOVE>(?:es|ed|d|ing|e)?<NOW>
        (?:<HAVE>|did) (?:either|any|each) (?:side|party) (?:moved?|given ground|give ground)<NOW>
        what (?:<HAVE>|<DO>) <EACH> (?:given up|moved on)<NOW>|what <MOVES> (?:<HAVE>|<DO>) <EACH> <MADE><NOW>
        (?:what|which) (?P<x>(?:[\\w-]+ )?<MOVES>) (?:<ARE>|have been|has been) (?:<MADE>|on the table)<NOW>
        how (?:<DO>|<ARE>|<HAVE>) <X> (?<!the )(?<!to )<MOVE>(?:es|ed|ing|e)?<NOW>
        what(?:'s|<BE>| has| have)? changed<NOW> (?:in|about|with) (?!how\\b|who\\b)<X>
        how (?:<DO>|has|have) <X> (?:grow|grown|rise|risen|fall|fallen)<NOW>""",
    Overview.SINCE: """
        what(?:<BE>| has| have)? (?:changed|happened|new|different|developed|moved)<NOW> <SINCE>
        what (?:<ARE>) the <NEWS>(?: <IN_IT>)? <SINCE>
        (?:<SUMMARISE>|update me on|catch me up on) (?:what (?:has )?happened|<IT>|the <NEWS>) <SINCE>
        (?:any |the )?<NEWS>(?: <IN_IT>)? <SINCE>""",
    Overview.SOURCES: """
        what (?:<ARE>) (?:the|these|all the) (?:sources|articles|outlets)<NOW>
        (?:what|which) <ARTICLES> (?:do you|have you|are) (?:have|got|know|there|use|read)<NOW>
        (?:which|what) <ARTICLES> (?:<ARE>|<DO>|have) (?:used|there|here|cited|reporting|you use)<NOW>
        which <ARTICLES> (?:has |have )?(?:reported|covered)(?: on)? <IT>
        where (?:<DO>) (?:<IT>|(?:this|the) information) come from""",
}


def _filled(wording: str) -> str:
    while (found := re.sub(r"<(\w+)>", lambda name: _NAMED.get(name[1], name[0]), wording)) != wording:
        wording = found
    return wording


PATTERNS = [
    (kind, lazily(_filled(line.strip()), re.I))
    for kind, lines in _WORDINGS.items()
    for line in lines.strip().splitlines()
]
