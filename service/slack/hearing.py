"""What hears an answer as it is made: its statements, told at once, and what the record is told of that."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from service.slack.blocks import Message, answer_messages, plain_message, statement_blocks
from service.slack.deliveries import Deliveries, Delivery
from service.slack.rich_text import Room
from service.slack.sources import Link
from service.slack.telling import Telling
from service.wire import AnswerOut, Cited, StatementOut


@dataclass
class Statements:
    """Tells an answer's statements as they are verified, as long as the message has room."""

    telling: Telling
    link: Link
    room: Room = field(default_factory=Room)
    said: list[str] = field(default_factory=list)
    full: bool = False
    known: list[Cited] = field(default_factory=list)
    above: str | None = None

    def stage(self, name: str) -> None: ...

    def statement(self, statement: StatementOut, citations: Sequence[Cited]) -> None:
        self.known += citations
        blocks = statement_blocks(statement, self.known, link=self.link, above=self.above)
        self.above = statement.heading
        self.full = self.full or not self.room.holds(blocks)
        if not self.full:
            self.room = self.room.after(blocks)
            self.said.append(statement.id)
            self.telling.say(Message(plain_message(statement.text).text, tuple(blocks)))

    def rest(self, answer: AnswerOut) -> Sequence[Message] | None:
        """What is left to say of it; None where what was said isn't how it begins."""
        if not self.said or self.said != [s.id for s in answer.statements[: len(self.said)]]:
            return None
        return answer_messages(answer, link=self.link, streamed=self.said, room=self.room)


@dataclass(frozen=True, slots=True)
class Entry:
    """The ledger of one delivery."""

    deliveries: Deliveries
    delivery: Delivery

    def begin(self) -> None:
        self.deliveries.telling(self.delivery)

    def posted(self, ts: str) -> None:
        self.deliveries.told(self.delivery, ts)

    def of_others(self) -> Collection[str]:
        return self.deliveries.messages_of_others(self.delivery)
