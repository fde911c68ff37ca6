"""An installed package's answerer, held to what ours are held to. docs/extending.md has one."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint

from retrieval.embed import Embedder
from retrieval.errors import ParleyError
from retrieval.outside import fault, in_words, load, offered
from retrieval.timing import Timings
from service.answering import EXTRACTIVE, GENERATIVE, UNWATCHED, Answerer, Passage, Proposal, Watch
from service.config import Settings
from service.errors import SettingsError

ANSWERERS = "parley.answerers"  # entry points whose object makes an Answerer of the settings and the embedder


class OutsideAnswerer:
    """What it proposes is verified as all that is proposed is; what verification doesn't see is held to the
    question here. Raises PackageFault."""

    def __init__(self, entry: EntryPoint, answerer: Answerer) -> None:
        self._entry = entry
        self._answerer = answerer

    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        try:
            proposal: object = self._answerer.answer(question, passages, timings=timings, watch=watch)
            if not isinstance(proposal, Proposal):
                raise fault(self._entry, f"gave no Proposal but {proposal!r:.40}")
            return self._held_to(question, proposal)
        except ParleyError:
            raise
        except Exception as exc:
            raise fault(self._entry, f"failed: {in_words(exc)}") from exc

    def _held_to(self, question: str, proposal: Proposal) -> Proposal:
        return replace(
            proposal,
            made_by=replace(proposal.made_by, answerer=self._entry.name),
            unanswered=tuple(part for part in proposal.unanswered if part in question),
            conflicts=tuple(conflict for conflict in proposal.conflicts if conflict.about in question),
        )


def outside_answerer(settings: Settings, embedder: Embedder) -> OutsideAnswerer | None:
    """The one that the settings name. Raises SettingsError where no package has it, PackageFault."""
    if settings.answerer is None:
        return None
    installed = offered(ANSWERERS, ours=(EXTRACTIVE, GENERATIVE))
    entry = installed.get(settings.answerer)
    if entry is None:
        names = f"Installed: {', '.join(sorted(installed))}." if installed else "None is installed."
        raise SettingsError(
            f"PARLEY_ANSWERER: no installed package has an answerer {settings.answerer}",
            remedy=f"{names} docs/extending.md says how to make one.",
        )
    make = load(entry)
    try:
        return OutsideAnswerer(entry, make(settings, embedder))
    except Exception as exc:
        raise fault(entry, f"cannot be made: {in_words(exc)}") from exc
