"""Which case is being asked, and what the language model is asked for it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from prompts import Rendered
from service.model import LanguageModel, Schema, Spent, always_there


@dataclass(slots=True)
class Asking:
    """Told of each case before it is asked. `times` counts the calls with the same words in it."""

    case_id: str = ""
    trial: int = 0
    spent: Spent = field(default_factory=Spent)
    times: "Counter[str]" = field(default_factory=Counter)

    def begin(self, case_id: str, trial: int) -> None:
        self.case_id, self.trial = case_id, trial
        self.spent, self.times = Spent(), Counter()

    def __str__(self) -> str:
        return self.case_id if self.trial == 0 else f"{self.case_id}, trial {self.trial}"


class Metered:
    """Adds what each call costs to the case that is asked."""

    def __init__(self, model: LanguageModel, asking: Asking) -> None:
        self._model = model
        self._asking = asking

    @property
    def name(self) -> str:
        return self._model.name

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        own = Spent()
        try:
            yield from self._model.say(asked, schema=schema, left=left, spent=own)
        finally:
            add(self._asking.spent, own)
            if spent is not None:
                add(spent, own)


def add(total: Spent, one: Spent) -> None:
    total.requests += one.requests
    total.prompt_tokens += one.prompt_tokens
    total.completion_tokens += one.completion_tokens
