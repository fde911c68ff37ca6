"""Language models that say what they are told."""

from collections.abc import Callable, Iterator

from prompts import Rendered
from service.model import ModelFault, Schema, Spent, always_there

Reply = Callable[[Rendered], str]


class Scripted:
    """`asked` is what it was asked. Costs ten tokens a question, and one a piece of an answer."""

    def __init__(
        self, reply: Reply | str, *, name: str = "scripted", fault: ModelFault | None = None
    ) -> None:
        self.name = name
        self.asked: list[Rendered] = []
        self._reply = reply
        self._fault = fault

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        self.asked.append(asked)
        spent = spent or Spent()
        spent.requests += 1
        spent.prompt_tokens += 10
        for word in (self._reply if isinstance(self._reply, str) else self._reply(asked)).split(" "):
            spent.completion_tokens += 1
            yield f"{word} "
        if self._fault is not None:
            raise self._fault
