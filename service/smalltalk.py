"""What is no question about the articles: a hello, thanks, a goodbye, "what can you do?", "what do you know?".

Only what is nothing else, from its first word to its last; whatever might be a question is one.
"""

import re
from enum import StrEnum

from service.wrapping import PICTURE


class SmallTalk(StrEnum):
    """The weightiest last: "hello, what can you do?" is the last of its two."""

    FINE = "fine"
    BYE = "bye"
    THANKS = "thanks"
    HELLO = "hello"
    ABILITIES = "abilities"
    KNOWLEDGE = "knowledge"


_ORDER = list(SmallTalk)
_THIS = r"(?:you|u|parley|this (?:bot|tool|app|service|thing|site|page|assistant)|the bot)"
_HOLDINGS = r"(?:articles?|sources?|documents?|outlets?|news(?:papers?)?|papers?|files?|topics?|subjects?|stories|reports?|data|material)"
_STORE = r"(?:archive|database|corpus|collection|index|library|memory|knowledge base)"
_PHRASES = {
    SmallTalk.HELLO: r"(?:hi+|hey+|hello+|hiya|howdy|yo|hallo|hullo|salut|bonjour|hola|greetings|welcome back|sup"
    r"|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|long time no see)"
    r"|how are (?:you|u|things)(?: doing)?(?: today)?|how(?: is|'s) it going|what'?s up|nice to meet you"
    r"|(?:is )?(?:anyone|anybody|somebody) (?:there|here|home)|are (?:you|u) (?:there|here|awake|up|online|alive|ok(?:ay)?)",
    SmallTalk.THANKS: r"(?:(?:ok(?:ay)?|great|perfect|super|cool|nice|awesome|wonderful|excellent|brilliant|amazing|lovely"
    r"|that's great|very helpful) )?(?:many thanks|thanks|thank (?:you|u)|thankyou|thx|thnx|tnx|tysm|ty|tia|cheers|ta|merci"
    r"|danke|gracias|much appreciated|(?:i )?(?:really )?appreciate (?:it|that))"
    r"(?: (?:so much|very much|a lot|a million|a bunch|again|in advance|for (?:that|this|it|(?:all )?(?:your|the) (?:help|answers?|info(?:rmation)?|time))"
    r"|loads|tons|indeed))*",
    SmallTalk.BYE: r"(?:good ?)?bye(?: bye)?(?: for now)?|bye-bye|see (?:you|u|ya)(?: (?:later|soon|tomorrow|around|then|next time))?"
    r"|cya|ciao|adieu|farewell|later|laters|good ?night|take care|so long|signing off|gotta go|talk (?:to you )?(?:later|soon)"
    r"|(?:have|enjoy) (?:a|the|your) (?:(?:nice|good|great|lovely) )?(?:day|one|evening|weekend|afternoon|night|rest of (?:your|the) day)"
    r"|until (?:next time|later|tomorrow)|that(?:'s| is| will be|'ll be) all(?: (?:for (?:now|today)|thanks|i need(?:ed)?))?",
    SmallTalk.FINE: r"(?:ok(?:ay)?|k|kk|yes|yep|yeah|yup|ya|no|nope|nah|sure|fine|cool|great|good|nice|perfect|awesome|excellent"
    r"|brilliant|amazing|wonderful|fantastic|super|lovely|neat|sweet|wow|lol|haha+|hehe+|hm+|hmm+|oh|ah|aha|right|alright"
    r"|all right|exactly|indeed|agreed|understood|noted|interesting|impressive|impressed|correct|whatever|done|test(?:ing)?|ping)"
    r"(?: (?:then|now|thing|ok(?:ay)?|so|work|job|bot|answer|one|stuff|enough))*"
    r"|well done|fair enough|never ?mind|no worries|no problem|of course|got it|gotcha|i see|makes sense|that makes sense|sounds good"
    r"|that(?:'s| is| was) (?:all right|great|good|helpful|useful|very helpful|really helpful|perfect|fine|cool|interesting|amazing|it|clear|right|correct)"
    r"|(?:very|really|so|most) (?:good|nice|helpful|useful|interesting|cool)|(?:helpful|useful)|good to know|love it|i (?:love|like) (?:it|this|that|you)"
    r"|you(?:'re| are)(?: (?:so|very|really))? (?:great|good|awesome|amazing|the best|helpful|cool|smart|welcome)|bravo|hooray|yay",
    SmallTalk.ABILITIES: rf"what (?:can|could|do|will|would) {_THIS} (?:do|help (?:me )?with|offer|answer)(?: for (?:me|us))?"
    rf"|what (?:all )?can i (?:ask|do|say)(?: (?:{_THIS}|here|about|with (?:you|this)))*|what (?:should|could) i ask(?: (?:{_THIS}|about))*"
    rf"|(?:what|which|what kind of|what sort of|what type of) questions (?:can|could|should|may) (?:i ask(?: {_THIS})?|{_THIS} answer)"
    rf"|who (?:are|r) (?:you|u)|what (?:are|r) (?:you|u)(?: for)?|what(?:'s| is) (?:parley|your (?:name|purpose|job|role|function|deal))"
    rf"|how (?:does|do|can|could|should) {_THIS} (?:work|function|help(?: me)?)"
    rf"|how (?:do|can|could|should|would) i (?:use|talk to|ask|work with|get started with) {_THIS}(?: (?:a )?questions?)?"
    r"|how (?:do|can|should) i (?:start|begin|get started|ask(?: a question)?)"
    rf"|(?:are|r) (?:you|u) (?:a |an )?(?:\w+ )?(?:bot|robot|ai|human|person|machine|llm|chatbot|chat ?gpt|real|gpt|computer|program|assistant|model)"
    r"|(?:can|could|will|would) (?:you|u)(?: please)? help(?: (?:me|us))?(?: out)?|(?:i need )?help(?: me| us)?(?: out)?|(?:please )?help|commands?|instructions|menu"
    r"|(?:give|show) (?:me|us) (?:some |an |a few )?examples?|(?:some )?examples?|tell (?:me|us) (?:about|more about) (?:yourself|parley|you)"
    r"|introduce yourself|who (?:made|built|created|wrote|runs) (?:you|u|parley)|what should i know(?: about (?:you|parley))?"
    r"|what (?:is|are) (?:you|parley) (?:good )?(?:for|able to do)",
    SmallTalk.KNOWLEDGE: rf"(?:so )?what (?:do|can|did|all do) {_THIS} (?:know|have|cover|read|contain|include)(?: about)?(?: here)?"
    rf"|(?:what|which|how many|what kind of|what sort of) (?:\w+ )?{_HOLDINGS} (?:do|can|did|have|does) {_THIS} (?:have|know|cover|read|use|search|hold|got|contain|include|cite|draw on|rely on|work with|look at)(?: (?:about|access to|in (?:there|here|stock)|of|read|got|on))?"
    rf"|(?:what|which) {_HOLDINGS} (?:can i (?:ask|search)(?: {_THIS})?(?: about)?|are (?:in )?(?:your (?:{_STORE})|you using|you based on))"
    rf"|what(?:'s| is)(?: there)? in (?:your|parley's) (?:{_STORE})|what have (?:you|u) (?:read|got|learned)"
    rf"|(?:list|show)(?: me)? (?:all )?(?:of )?your {_HOLDINGS}|(?:what|which) (?:are|is) your {_HOLDINGS}"
    r"|how (?:up to date|current|recent|fresh|old|new) (?:are you|is your (?:data|information|knowledge|news))"
    r"|where (?:do|did) (?:you|u) get (?:your|the|this|all this) (?:information|info|data|news|answers?|facts|articles)(?: from)?"
    r"|where does your (?:information|info|data|news|knowledge) come from|what (?:date|time) (?:does|do) your (?:data|articles|news) (?:go|reach) (?:up )?to",
}
# Where nothing was said before; after something it may be that which is meant.
_FIRST = {
    SmallTalk.ABILITIES: r"how (?:does|do) (?:this|it|that) work|what (?:is|does) (?:this|it)(?: do| for)?|how (?:do|can|should) i use (?:this|it)"
    r"|what (?:can|do) (?:i|we) do here",
    SmallTalk.KNOWLEDGE: rf"(?:what|which|how many) {_HOLDINGS} (?:are|is) (?:there|here|available|in (?:here|there|the {_STORE}))"
    rf"|what(?:'s| is)(?: there)? in (?:the|this) {_STORE}|(?:list|show)(?: me)? (?:all )?(?:the )?(?:articles|sources|outlets|documents)"
    r"|what(?:'s| is) (?:in )?here|what is there|where is this (?:information|data|news)? ?from",
}
_WHOLE = {kind: re.compile(pattern) for kind, pattern in _PHRASES.items()}
_OPENING = {kind: re.compile(pattern) for kind, pattern in _FIRST.items()}
_BETWEEN = re.compile(r"[,.!?;:…\n]+|\s[–—-]+\s")
_CALLED = re.compile(
    r"(?:^|\s)(?:@[\w.-]+|<@\w+>|parley|there|all|everyone|everybody|team|folks|guys|again|bot|mate|man|buddy|dude|friends?|my friend|sir"
    r"|please|pls|plz|then|so)$"
)
_CALLED_FIRST = re.compile(
    r"^(?:@[\w.-]+|<@\w+>|parley|ok(?:ay)?|so|and|oh|ah|well|alright|please|pls|but|um+|hm+)\s+"
)
_WAVES, _THANKFUL = re.compile("[\U0001f44b\U0001f590]|:wave:"), re.compile("\U0001f64f|:pray:|:thankyou:")
_LONGEST = 120  # code points


def small_talk(typed: str, *, first: bool) -> SmallTalk | None:
    """`first`: nothing was asked before."""
    if len(typed) > _LONGEST:
        return None
    words = re.sub(PICTURE, " ", typed, flags=re.I)
    if not re.search(r"\w", words):
        return _pictured(typed)
    kinds = []
    for piece in _BETWEEN.split(words.lower().replace("’", "'")):
        if not re.search(r"\w", piece):
            continue
        kind = _kind(" ".join(piece.strip(" -–—*_~\"'“”()").split()), first=first)
        if kind is None:
            return None
        kinds.append(kind)
    return max(kinds, key=_ORDER.index)


def _kind(piece: str, *, first: bool) -> SmallTalk | None:
    tried = ""
    while piece != tried:
        for known in (_WHOLE, _OPENING) if first else (_WHOLE,):
            for kind in reversed(_ORDER):
                if kind in known and known[kind].fullmatch(piece):
                    return kind
        tried, piece = piece, _less(piece)
    return None


def _less(piece: str) -> str:
    """Without a word for whoever is spoken to."""
    shorter = _CALLED.sub("", piece).strip()
    return shorter if shorter and shorter != piece else _CALLED_FIRST.sub("", piece).strip() or piece


def _pictured(typed: str) -> SmallTalk | None:
    """Of pictures alone."""
    if not re.search(PICTURE, typed, re.I):
        return None
    if _WAVES.search(typed):
        return SmallTalk.HELLO
    return SmallTalk.THANKS if _THANKFUL.search(typed) else SmallTalk.FINE
