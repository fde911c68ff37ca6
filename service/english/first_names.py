"""First names and what they are cut short to: "Bill Dorn" may be William Dorn."""

_SHORT = (
    "abby abigail/alec alexander/alf alfred/andy andrew/angie angela/archie archibald/becky rebecca"
    "/bella isabella/bernie bernard/bert albert herbert robert/bess elizabeth/beth elizabeth"
    "/betsy elizabeth/betty elizabeth/bill william/billy william/bob robert/bobby robert/cathy catherine"
    "/charlie charles charlotte/chuck charles/connie constance/dave david/debbie deborah/dick richard"
    "/dot dorothy/drew andrew/eddie edward edwin/ellie eleanor ellen/frank francis franklin"
    "/freddie frederick/gabe gabriel/geoff geoffrey/gerry gerald gerard/ginny virginia/greg gregory"
    "/hank henry/harry harold henry/jack john/jake jacob/jeff geoffrey jeffrey/jenny jennifer"
    "/jerry gerald jeremy jerome/jim james/jimmy james/joe joseph/johnny john/josh joshua/judy judith"
    "/kate catherine katherine/kathy katherine kathleen/katie katherine/larry laurence lawrence"
    "/lizzie elizabeth/maggie margaret/mandy amanda/matt matthew/mick michael/mickey michael/mike michael"
    "/mitch mitchell/molly mary/nate nathan nathaniel/ned edward/nell eleanor/nick nicholas/patty patricia"
    "/peggy margaret/pete peter/phil philip phillip/polly mary/randy randall/rick frederick richard"
    "/ricky richard/rosie rosemary/russ russell/sally sarah/sandy alexander sandra/sid sidney sydney"
    "/steve stephen steven/sue susan suzanne/susie susan/ted edward theodore/terry terence theresa"
    "/tim timothy/tina christina/toby tobias/tom thomas/tommy thomas/tony anthony/trish patricia"
    "/vicky victoria/wally walter/walt walter/will william/willie william/zack zachary"
)
_WHOLE = {short: frozenset(whole) for short, *whole in map(str.split, _SHORT.split("/"))}


def whole_names(first: str) -> frozenset[str]:
    """A first name in lower case, with those that it may be short for."""
    return _WHOLE.get(first, frozenset()) | {first}
