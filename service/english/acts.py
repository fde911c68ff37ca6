"""What somebody does by words, or thinks: "offered to leave", "asked them to", "ruled out a truce", "denied
the report", "claims it was forged"."""

from service.english import closed
from service.english.closed import OBJECTS, OWNERS, SUBJECTS, any_of
from service.english.letters import NAME_WORD
from service.english.patterns import lazily
from service.english.speech_verbs import PHRASES, PRAISED, forms
from service.english.verbs import PASTS

_TO_DO = forms(
    "promise pledge vow threaten offer demand propose agree refuse urge ask order warn decline want seek"
    " intend plan undertake instruct invite implore encourage forbid direct command summon request beg advise"
    " challenge press petition appeal call remind caution plead"
) + (
    "|sought|forbade|undertook|swears|swore|threatening|refusing|asking|urging|calling|offering"
    "|promising|pledging"
    "|vowing|planning|seeking"
)
_SOMETHING = (
    "reported|reports|would like|would prefer|would rather|put forward|puts forward"
    "|rejected|rejects|reject"
    "|slammed|slams"
    "|threatening|demanding|offering|denying|proposing|seeking|considering|sought|"
) + forms(
    "admit table veto profess promise threaten offer demand propose deny confirm announce accept"
    " welcome dismiss hail praise denounce condemn criticise criticize oppose endorse defend dispute contest"
    " decry deplore lambast ridicule predict suggest guarantee describe forecast want claim seek"
    " recommend request refuse"
    " estimate question favour favor regret pledge blame fault"
)
_THINKS = "thinks|thought|think|expecting|hoping|" + forms(
    "expect hope believe fear worry suspect reckon guess"
)
_CLAIMS = "saying|admitted|admits|admit|swears|swore|" + forms(
    "claim vow accept acknowledge concede confess predict promise pledge insist announce confirm deny"
    " suggest allege assert declare estimate reveal hint guarantee stress note agree argue maintain calculate"
    " report understand warn remember recall recount conclude"
)
_CALLS = forms("call brand label term dub declare consider") + "|labelled|calling"
_OTHER_VERDICTS = (
    "wrong|false|fair|dead|absurd|outdated|urgent|excessive|naive|divisive|misleading|insulting|exaggerated"
    "|premature|irrelevant|inadequate|illegal|weak|strong|late|futile|disappointing|encouraging|overdue"
)
_ASKS = forms("ask wonder question inquire enquire") + "|asking"
_FINITE = any_of(closed.BE, closed.HAVE, closed.MODALS, closed.RARE_MODALS, closed.DO, PASTS)
_SOME = r"\s[^.,;:]{2,60}?\s"
ACT = lazily(
    rf"(?<![\w’'-])(?:(?:{_TO_DO})(?:\s[\w’'-]+){{0,8}}?\s(?:to|for)\s(?!comment|say|answer|be named|discuss)"
    rf"|(?:{_THINKS})\s\w|accus(?:e[sd]?|ing)\s[^.;:]{{2,60}}?\sof\s|puts?\s[^.;:]{{2,70}}?\sat\s"
    rf"|(?:{forms('attack blame criticise criticize praise fault condemn thank')}){_SOME}for\s"
    rf"|(?:{forms('assure remind inform warn convince')}){_SOME}(?:of|against|about)\s"
    rf"|(?:{forms('consider believe judge deem')}){_SOME}to be\s"
    rf"|(?:{forms('liken compare')}){_SOME}(?:to|with)\s"
    rf"|(?:{forms('recall remember recount')})\s(?:how|when|the (?:moment|day|night|time))\s"
    rf"|(?:{PHRASES}|holding out for|ruling out|calling for|asking for|ask(?:s|ed)? for|pressing for|pushing"
    rf" for|pleading for)\s\w"
    rf"|(?:{_CALLS})\s(?:the|{any_of(closed.DEMONSTRATIVES, SUBJECTS[2:3], OBJECTS, OWNERS)}|{NAME_WORD})\b"
    rf"[^.,;:]{{0,50}}?(?<! at)(?<! in)(?<! on)(?<! for)(?<! from)(?<! with)(?<! after)\san?\s"
    r"(?!(?:day|week|month|year|night|hour|minute)\b)\w"
    # "called the plan unfair", not "called the board meeting"
    rf"|(?:{_CALLS})\s(?:the|{any_of(OWNERS)})\s(?:[a-z]+\s){{1,3}}?"
    rf"(?:un[a-z]+|[a-z]+(?:ble|ful|ous|less|ical)|{_OTHER_VERDICTS})(?=[.,;]|$|\sand\s)"
    r"|advise[sd]?\s(?:an?\s[a-z]+\sof|against|caution)\s"
    rf"|(?:{_ASKS})\s(?:[^.,;:]{{2,60}}?\s)?(?:whether|if|{any_of(closed.QUESTION_WORDS)})\s"
    rf"|[a-z]+\sthat\s(?:{any_of(closed.ARTICLES, SUBJECTS, closed.FIRST, OWNERS)}|there|no|all|any|both"
    rf"|every|neither|nobody"
    rf"|{NAME_WORD}|\d)"
    rf"|(?:{_CLAIMS})\s(?:(?:{any_of(SUBJECTS, closed.FIRST)}|there)\s"
    rf"|(?:[^\s.,;:]{{1,20}}\s){{1,8}}?(?:{_FINITE})\s)"
    rf"|(?:{_SOMETHING}|{PRAISED})\s(?!by\b|in\b|on\b|at\b(?!\s(?:least|most)\b)|from\b|to\b|for\b|of\b|with\b|and\b|as\b)[\w£$€])"
)
