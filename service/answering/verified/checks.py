"""The verifier's checks, by name, so that a benchmark can switch one off and show which false statements get
through without it (`python -m benchmarks.verifier --without`). The service always runs them all.
"""

from enum import StrEnum


class Check(StrEnum):
    PLAIN = "plain"  # no markup, links or hidden characters
    ASKING = "asking"  # nothing is claimed by asking
    CLAIMING = "claiming"  # nothing is claimed by half a verb: "Roe has"
    MARKS = "marks"  # what is quoted stands in quotation marks
    SPEAKER = "speaker"  # told by whoever said it, to whom, where and when
    SPOKEN = "spoken"  # what stands in quotation marks is told with its speaker
    WORDS = "words"  # the sentence's words in their order
    NAMES = "names"  # a name cut short is no other name
    REPORTED = "reported"  # no speaker, paper or source among what is left out
    TURNING = "turning"  # no condition, denial or doubt among what is left out
    FRAMED = "framed"  # no phrase among what is left out that may say how the rest is meant
    SWEEPING = "sweeping"  # of a denial, or of what holds of all, next to nothing is left out
    CONJUNCTS = "conjuncts"  # a value stays with its own conjunct
    SHARES = "shares"  # of several values in a row none is left out
    DAY = "day"  # a day that changes its place stays with its verb


ALL_CHECKS = frozenset(Check)
Checks = frozenset[Check]
