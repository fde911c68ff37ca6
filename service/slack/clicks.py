"""What a reader does with an answer or with us: thumbs and their reason, all sources, the home, prompts."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from retrieval.errors import ParleyError
from service.about import of_no_outlet
from service.desk import Desk
from service.errors import AnswerNotFound, SlackRefused, SlackUnreachable
from service.received import slack_principal
from service.slack import views
from service.slack.blocks import BAD, GOOD
from service.slack.deliveries import Deliveries
from service.slack.mrkdwn import web_url
from service.slack.sources import Link, Passage, passage_of
from service.slack.web import Web
from service.wire import AnswerOut, FeedbackIn

_ARTICLES = 8


class Clicks:
    """Raises ParleyError; the work of each is done after the acknowledgement."""

    def __init__(
        self, desk: Desk, deliveries: Deliveries, web: Callable[[str], Web], link: Link, *, bot_name: str
    ) -> None:
        self._desk = desk
        self._deliveries = deliveries
        self._web = web
        self._link = link
        self._bot_name = bot_name

    def rate(self, team: str, user: str, value: str, trigger: str) -> None:
        """A thumb; one that points down is stored at once, and then asks for a reason."""
        rating, _, answer_id = value.partition(":")
        if rating not in (GOOD, BAD):
            return
        self._check(team, answer_id)
        if rating == BAD:  # first: a trigger lasts for three seconds
            with suppress(SlackRefused, SlackUnreachable):
                self._web(team).open_view(trigger, views.reason_view(answer_id))
        given = FeedbackIn(rating="up" if rating == GOOD else "down")
        self._desk.rate(answer_id, given, principal=slack_principal(team), author=user)

    def reason(self, team: str, user: str, view: Mapping[str, Any]) -> None:
        answer_id, values = str(view.get("private_metadata")), view["state"]["values"]
        self._check(team, answer_id)
        choice = values.get(views.REASON_BLOCK, {}).get(views.REASON_CHOICE) or {}
        chosen = choice.get("selected_option") or {}
        comment = (values.get(views.COMMENT_BLOCK, {}).get(views.COMMENT_TEXT) or {}).get("value")
        try:
            given = FeedbackIn.model_validate(
                {"rating": "down", "reason": chosen.get("value"), "comment": (comment or "").strip() or None}
            )
        except ValidationError:
            return  # Slack offers no such choice
        self._desk.rate(answer_id, given, principal=slack_principal(team), author=user)

    def show_sources(self, team: str, answer_id: str, trigger: str) -> None:
        self._web(team).open_view(trigger, self._sources(self._answer(team, answer_id)))

    def turn_page(self, team: str, value: str, view_id: str) -> None:
        page, _, answer_id = value.partition(":")
        if page.isascii() and page.isdigit():
            shown = self._sources(self._answer(team, answer_id), page=int(page[:4]))
            self._web(team).turn_view(view_id, shown)

    def _sources(self, answer: AnswerOut, *, page: int = 0) -> views.View:
        return views.sources_view(answer, link=self._link, passages=self._passages(answer), page=page)

    def _passages(self, answer: AnswerOut) -> dict[int, Passage]:
        """What stands around the quotations that no page shows, of as many articles as are read before the
        trigger is over."""
        pageless = [cited for cited in answer.cited if web_url(self._link(cited)) is None]
        articles = {(cited.article.id, cited.article.version): cited for cited in pageless}
        texts: dict[tuple[str, int], str] = {}
        for version, cited in list(articles.items())[:_ARTICLES]:
            with suppress(ParleyError):  # the quotations are shown all the same
                texts[version] = self._desk.text(cited.article.id, version=cited.article.version)
        return {
            cited.id: passage_of(texts[version], cited)
            for cited in pageless
            if (version := (cited.article.id, cited.article.version)) in texts
        }

    def home(self, team: str, user: str) -> None:
        about = self._desk.about()
        outlets = tuple((outlet.name, outlet.articles) for outlet in about.outlets)
        corpus = views.Corpus(about.articles, outlets, about.latest, about.undated, of_no_outlet(about))
        self._web(team).publish_home(user, views.home_view(corpus, about.questions, bot_name=self._bot_name))

    def suggest(self, team: str, channel: str, thread: str | None) -> None:
        prompts = views.suggested_prompts(self._desk.about().questions)
        if prompts is not None:
            self._web(team).suggest(channel, prompts, thread=thread)

    def leave(self, team: str) -> None:
        """The app was taken away: nothing is answered any more, and nothing kept."""
        its, principal = self._deliveries.conversations(team), slack_principal(team)
        self._desk.forget(its, principal=principal)
        try:
            self._deliveries.forget(team)
        finally:  # what was answered in between; what is answered from here on sees that it is gone
            self._desk.forget(its, principal=principal)

    def _answer(self, team: str, answer_id: str) -> AnswerOut:
        self._check(team, answer_id)
        return self._desk.answer(answer_id, principal=slack_principal(team))

    def _check(self, team: str, answer_id: str) -> None:
        """Raises AnswerNotFound for an answer that this workspace wasn't given."""
        if not self._deliveries.answered_for(team, answer_id):
            raise AnswerNotFound(f"answer {answer_id} is not here", remedy="Click in the message itself.")


Act = Callable[[], None]


def told(act: Act, log: Callable[..., None]) -> Act:
    """Without a place to tell it, what goes wrong goes to the log."""

    def acting() -> None:
        try:
            act()
        except ParleyError as error:
            log("a click in Slack came to nothing: %s", error.message)

    return acting
