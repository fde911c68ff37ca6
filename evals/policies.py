"""Another policy than Parley's own, as the command line names it: `scoring.venue=0.1`, or without a rule."""

import difflib
from collections.abc import Iterable, Sequence

from evals.errors import SuiteError
from service.answering import PARLEY, Policy, Rule


def policy_of(changes: Sequence[str], without: Sequence[str] = ()) -> Policy:
    """Raises SuiteError, which names the nearest, where there is no such number or rule."""
    policy = PARLEY
    for change in changes:
        name, _, value = change.partition("=")
        try:
            policy = policy.having(_known(name, policy.numbers(), "number"), float(value))
        except ValueError:
            remedy = "Write it as in scoring.venue=0.1."
            raise SuiteError(f"{change} is not NAME=NUMBER", remedy=remedy) from None
    off = {Rule(_known(rule, Rule, "rule")) for rule in without}
    return policy.without(*off)


def _known(name: str, names: Iterable[str], what: str) -> str:
    known = [str(one) for one in names]
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
        told = f"Nearest: {', '.join(near)}." if near else "`parley settings` lists them."
        raise SuiteError(f"the policy has no {what} {name}", remedy=told)
    return name
