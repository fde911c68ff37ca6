"""What is wrong with a suite, collected so that an author sees it all at once."""

from dataclasses import dataclass, field

from evals.errors import SuiteError

_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a suite: a file, its line, the id of a case or document; None is not known, or none."""

    file: str
    line: int | None = None
    id: str | None = None

    def __str__(self) -> str:
        line = f" line {self.line}" if self.line is not None else ""
        return f"{self.file}{line}" + (f" ({self.id})" if self.id else "")


@dataclass(frozen=True, slots=True)
class Problem:
    place: Place
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.remedy}"


@dataclass(slots=True)
class Problems:
    """`errors` make a suite unusable; `warnings` are worth a look."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def error(self, place: Place, what: str, *, remedy: str) -> None:
        self.errors.append(Problem(place, what, remedy))

    def warn(self, message: str) -> None:
        self.warnings.append(message)

    def raise_any(self, suite: str) -> None:
        """SuiteError with the first problems, each with its place and remedy, and how many more there are."""
        if not self.errors:
            return
        shown = [f"  {problem}" for problem in self.errors[:_MOST_SHOWN]]
        more = len(self.errors) - len(shown)
        if more:
            shown.append(f"  and {more} more")
        count = f"{len(self.errors)} problem{'s' if len(self.errors) > 1 else ''}"
        remedy = "mend what is listed, then run `parley evals check` again"
        raise SuiteError("\n".join([f"the suite {suite} has {count}:", *shown]), remedy=remedy)
