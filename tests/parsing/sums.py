"""How much of each kind is read as it should be: python -m tests.parsing.sums [PART OF A NAME to see it]."""

import sys
from collections import defaultdict

from tests.parsing.checks import Check, inputs


def main() -> None:
    by_kind = defaultdict[str, list[Check]](list)
    for one in inputs():
        for check in one.checks():
            by_kind[check.kind].append(check)
    asked = sys.argv[1] if len(sys.argv) > 1 else None
    for kind, checks in by_kind.items():
        speakers = [one for one in checks if " speaker " in one.name]
        others = [one for one in checks if " speaker " not in one.name]
        print(f"{kind:32} speakers {_of(speakers):>7}   the rest {_of(others):>7}")
        for check in checks:
            if asked is not None and asked in check.name and not check.held:
                print(f"    {check.name[:110]!r}  -> {check.got}")
    every = [check for checks in by_kind.values() for check in checks]
    speakers = [one for one in every if " speaker " in one.name]
    print(f"{'all':32} speakers {_of(speakers):>7}   of all {_of(every):>7}")


def _of(checks: list[Check]) -> str:
    return f"{sum(one.held for one in checks)}/{len(checks)}"


if __name__ == "__main__":
    main()
