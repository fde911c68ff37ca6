"""Answers in a language model's words, as far as the articles bear them out.

Nothing that the model says is trusted. Each statement goes through the same verification as any other, as it
is closed; what it says besides is told in the question's words or ours. Where it can't be asked, or says
nothing that stands, the other answerer answers.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from prompts import Prompt
from retrieval.timing import Timings
from service.answering import (
    PARLEY,
    UNWATCHED,
    Answerer,
    Maker,
    Passage,
    Policy,
    PromptUsed,
    Proposal,
    Status,
    Tokens,
    Watch,
)
from service.answering.extractive import notices
from service.answering.generative.asking import SCHEMA, listed
from service.answering.generative.heard import Heard, Near
from service.answering.generative.window import Window, window
from service.model import (
    AskerLeft,
    LanguageModel,
    ModelFault,
    ModelGarbage,
    ModelTimeout,
    Nonce,
    Spent,
    ended,
    fenced,
    nonce,
)

UNVERIFIED = "model_unverified"  # it answered, and nothing of it stood
_OTHERWISE = 20  # passages that the other answerer is given, as where it is asked alone
_TO_REPAIR = 8_000  # code points of an unreadable answer
_SECONDS = 60.0


Ordering = Callable[[str, Sequence[Passage]], Sequence[Passage]]  # for a question, the best first


def as_found(_: str, passages: Sequence[Passage]) -> Sequence[Passage]:
    return passages


@dataclass(frozen=True, slots=True)
class AnswerPrompts:
    answer: Prompt
    repair: Prompt


@dataclass(frozen=True, slots=True)
class GenerativeAnswerer:
    """`otherwise` answers where the model doesn't; `likeliest` orders what the model is shown; an answer and
    its mending have `seconds` together. Safe to share between threads as far as these are."""

    model: LanguageModel
    prompts: AnswerPrompts
    otherwise: Answerer
    near: Near | None
    policy: Policy = PARLEY
    likeliest: Ordering = as_found
    nonce: Nonce = nonce
    seconds: float = _SECONDS
    clock: Callable[[], float] = field(default=time.monotonic)

    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        with timings.stage("rerank"):
            best = self.likeliest(question, passages)
        shown = window(best, limits=self.policy.window)
        if not shown.passages:
            return self.otherwise.answer(question, passages[:_OTHERWISE], timings=timings, watch=watch)
        spent = Spent()
        heard = Heard(question, shown.passages, watch, near=self.near, policy=self.policy)
        fault = self._hear(heard, question, spent, timings)
        heard.settle()
        if heard.stood or (fault is None and heard.found_nothing):
            proposal = self._told(question, heard, fault)
        else:
            proposal = self._otherwise(question, passages, heard, fault, timings)
        return _accounted(proposal, heard, shown, spent)

    def _hear(self, heard: Heard, question: str, spent: Spent, timings: Timings) -> ModelFault | None:
        """What kept the model from answering whole."""
        until = self.clock() + self.seconds
        try:
            self._say(
                self.prompts.answer,
                {"question": question, "passages": listed(heard.shown)},
                heard, spent, timings, heard.left,
            )  # fmt: skip
            readable = heard.end()
            if not readable and until - self.clock() > self.seconds / 2:
                readable = self._repair(heard, spent, timings, until)
        except ModelFault as fault:
            return fault
        return None if readable else ModelGarbage("the model's answer is in no form that can be read")

    def _repair(self, heard: Heard, spent: Spent, timings: Timings, until: float) -> bool:
        """Whether it can be read now. Raises ModelFault."""
        said = heard.said[:_TO_REPAIR]
        heard.begin_anew()
        try:
            self._say(
                self.prompts.repair,
                {"said": said},
                heard, spent, timings, lambda: heard.left() or self.clock() > until,
            )  # fmt: skip
        except AskerLeft:
            if heard.left():
                raise
            raise ModelTimeout(f"the model's answer wasn't mended in {self.seconds:g} s") from None
        return heard.end()

    def _say(
        self,
        prompt: Prompt,
        values: dict[str, str],
        heard: Heard,
        spent: Spent,
        timings: Timings,
        left: Callable[[], bool],
    ) -> None:
        """Raises ModelFault. What is spoken meanwhile is verified meanwhile."""
        said = self.model.say(fenced(prompt, values, make=self.nonce), schema=SCHEMA, left=left, spent=spent)
        with ended(said):
            while True:
                with timings.stage("model"):
                    piece = next(said, None)
                if piece is None or not heard.hear(piece):
                    return

    def _told(self, question: str, heard: Heard, fault: ModelFault | None) -> Proposal:
        made_by = Maker("generative", self.model.name, _used(self.prompts.answer))
        if not heard.stood:
            return replace(notices.nothing_answers(question), made_by=made_by)
        unanswered = heard.unanswered()
        parts = [notices.part(text) for text in unanswered if text != question]
        return Proposal(
            Status.PARTIAL if unanswered or fault else Status.ANSWERED,
            (*heard.drafts, *parts),
            unanswered,
            conflicts=heard.conflicts(),
            made_by=made_by,
            degraded=fault.code if fault else None,
        )

    def _otherwise(
        self,
        question: str,
        passages: Sequence[Passage],
        heard: Heard,
        fault: ModelFault | None,
        timings: Timings,
    ) -> Proposal:
        proposal = self.otherwise.answer(question, passages[:_OTHERWISE], timings=timings)
        return replace(
            proposal,
            drafts=(*heard.drafts, *proposal.drafts),
            degraded=fault.code if fault else UNVERIFIED,
        )


def _accounted(proposal: Proposal, heard: Heard, shown: Window, spent: Spent) -> Proposal:
    return replace(
        proposal,
        refused=dict(heard.refused),
        left_out=shown.left_out,
        tokens=tokens_of(spent),
    )


def tokens_of(spent: Spent) -> Tokens:
    return Tokens(spent.requests, spent.prompt_tokens, spent.completion_tokens)


def _used(prompt: Prompt) -> PromptUsed:
    return PromptUsed(prompt.name, str(prompt.version), prompt.hash)
