"""Small talk as people type it: a phrase a line, in lower case, as a regular expression. NAMES in capitals
stand for what `_NAMED` gives them."""

import re

from service.english import ASKING, MODALS, any_of, lazily

_NAMED = {
    "ASKING": f"(?:{any_of(ASKING)})",
    "MODAL": f"(?:{any_of(MODALS)})",
    "YOU": "(?:you|u|parley|this (?:bot|tool|app|service|thing|site|page|assistant)|the bot)",
    "HOLDINGS": "(?:articles?|sources?|documents?|outlets?|news(?:papers?)?|papers?|files?|topics?|subjects?"
    "|stories|reports?|data|material)",
    "STORE": "(?:archive|database|corpus|collection|index|library|memory|knowledge base)",
    "FACTS": "(?:information|info|data|news|answers?|facts|articles|knowledge)",
    "PRAISE": "(?:ok(?:ay)?|great|good|nice|perfect|cool|super|awesome|wonderful|excellent|brilliant|amazing"
    "|fantastic|lovely|neat|sweet|helpful|useful|interesting|impressive|fine|clear|right|correct|all right)",
    "THANKS": "(?:many thanks|thanks|thank (?:you|u)|thankyou|thx|thnx|tnx|tysm|ty|tia|cheers|ta|merci|danke"
    "|gracias|much appreciated|(?:i )?(?:really )?appreciate (?:it|that))",
    "MUCH": "(?:so much|very much|a lot|a million|a bunch|again|in advance|for HELP|loads|tons|indeed)",
    "HELP": "(?:(?:all )?(?:your|the) (?:help|answers?|info(?:rmation)?|time)|that|this|it)",
    "OBJECT": "(?:bot|robot|ai|human|person|machine|llm|chatbot|chat ?gpt|gpt|computer"
    "|program|assistant|model|real)",
    "WHERE": "(?:about|access to|in (?:there|here|stock)|of|read|got|on)",
    "HOLD": "(?:have|know|cover|read|use|search|hold|got|contain|include|cite|draw on|rely on|work with"
    "|look at)",
}

HELLO = """
hi+
hey+
hello+
hiya|howdy|yo|hallo|hullo|salut|bonjour|hola|greetings|welcome back|sup
good (?:morning|afternoon|evening|day)|morning|afternoon|evening|long time no see
how are (?:you|u|things)(?: doing)?(?: today)?
how(?: is|'s) it going|what'?s up|nice to meet you
(?:is )?(?:anyone|anybody|somebody) (?:there|here|home)
are (?:you|u) (?:there|here|awake|up|online|alive|ok(?:ay)?)
"""
THANKS = """
(?:(?:PRAISE|that's great|very helpful) )?THANKS(?: MUCH){0,3}
"""
BYE = """
(?:good ?)?bye(?:[ -]bye)?(?: for now)?
see (?:you|u|ya)(?: (?:later|soon|tomorrow|around|then|next time))?
cya|ciao|adieu|farewell|laters?|good ?night|take care|so long|signing off|gotta go
talk (?:to you )?(?:later|soon)
(?:have|enjoy) (?:a|the|your) (?:(?:nice|good|great|lovely) )?(?:day|one|evening|weekend|afternoon|night)
(?:have|enjoy) (?:a|the|your) (?:(?:nice|good|great|lovely) )?rest of (?:your|the) day
until (?:next time|later|tomorrow)
that(?:'s| is| will be|'ll be) all(?: (?:for (?:now|today)|thanks|i need(?:ed)?))?
"""
FINE = """
(?:PRAISE|sure|done|alright)(?: (?:then|now|thing|ok(?:ay)?|so|work|job|bot|answer|one|stuff|enough)){0,3}
k+|yes|yep|yeah|yup|ya|no|nope|nah|(?:yes|no|ok(?:ay)?) (?:then|ok(?:ay)?)
wow|lol|haha+|hehe+|hm+|oh|ah|aha|exactly|indeed|agreed|understood|noted|impressed|whatever|test(?:ing)?|ping
well done|fair enough|never ?mind|no worries|no problem|of course|got it|gotcha|i see|good to know|love it
(?:that )?makes sense|sounds good|bravo|hooray|yay
that(?:'s| is| was) (?:(?:very|really|so) )?(?:PRAISE|it)
(?:very|really|so|most) PRAISE
i (?:love|like) (?:it|this|that|you)
you(?:'re| are)(?: (?:so|very|really))? (?:PRAISE|the best|smart|welcome)
"""
ABILITIES = """
what (?:do|MODAL) YOU (?:do|help (?:me )?with|offer|answer)(?: for (?:me|us))?
what (?:all )?can i (?:ask|do|say)(?: (?:YOU|here|about|with (?:you|this))){0,2}
what (?:should|could) i ask(?: (?:YOU|about)){0,2}
(?:what|which|what (?:kind|sort|type) of) questions (?:may|MODAL) (?:i ask(?: YOU)?|YOU answer)
who (?:are|r) (?:you|u)|what (?:are|r) (?:you|u)(?: for)?
what(?:'s| is) (?:parley|your (?:name|purpose|job|role|function|deal))
how (?:does|do|MODAL) YOU (?:work|function|help(?: me)?)
how (?:do|MODAL) i (?:use|talk to|ask|work with|get started with) YOU(?: (?:a )?questions?)?
how (?:do|MODAL) i (?:start|begin|get started|ask(?: a question)?)
(?:are|r) (?:you|u) (?:an? )?(?:\\w+ )?OBJECT
MODAL (?:you|u)(?: please)? help(?: (?:me|us))?(?: out)?
(?:i need )?help(?: me| us)?(?: out)?|commands?|instructions|menu
(?:(?:give|show) (?:me|us) )?(?:some |an |a few )?examples?
tell (?:me|us) (?:more )?about (?:yourself|parley|you)|introduce yourself
who (?:made|built|created|wrote|runs) (?:you|u|parley)
what should i know(?: about (?:you|parley))?|what (?:is|are) (?:you|parley) (?:good )?(?:for|able to do)
"""
KNOWLEDGE = """
(?:so )?what (?:did|(?:all )?do|MODAL) YOU (?:know|have|cover|read|contain|include)(?: about)?(?: here)?
(?:what|which|how many|what (?:kind|sort) of) (?:\\w+ )?HOLDINGS ASKING YOU HOLD(?: WHERE)?
(?:what|which) HOLDINGS can i (?:ask|search)(?: YOU)?(?: about)?
(?:what|which) HOLDINGS are (?:(?:in )?your STORE|you (?:using|based on))
what(?:'s| is)(?: there)? in (?:your|parley's) STORE|what have (?:you|u) (?:read|got|learned)
(?:list|show)(?: me)? (?:all )?(?:of )?your HOLDINGS|(?:what|which) (?:are|is) your HOLDINGS
how (?:up to date|current|recent|fresh|old|new) (?:are you|is your FACTS)
where (?:do|did) (?:you|u) get (?:your|the|(?:all )?this) FACTS(?: from)?|where does your FACTS come from
what (?:date|time) (?:does|do) your (?:data|articles|news) (?:go|reach) (?:up )?to
"""
# Where nothing was said before; after something it may be that which is meant.
FIRST_ABILITIES = """
how (?:does|do) (?:this|it|that) work|what (?:is|does) (?:this|it)(?: do| for)?
how (?:do|MODAL) i use (?:this|it)|what (?:can|do) (?:i|we) do here
"""
FIRST_KNOWLEDGE = """
(?:what|which|how many) HOLDINGS (?:are|is) (?:there|here|available|in (?:here|there|the STORE))
what(?:'s| is)(?: there)? in (?:the|this) STORE|what(?:'s| is) (?:in )?here|what is there
(?:list|show)(?: me)? (?:all )?(?:the )?(?:articles|sources|outlets|documents)|where is this FACTS from
"""


def phrases(lines: str) -> re.Pattern[str]:
    """Any of them."""
    joined = "|".join(lines.split("\n")[1:-1])
    for name, pattern in _NAMED.items():
        joined = joined.replace(name, pattern)
    return lazily(joined)
