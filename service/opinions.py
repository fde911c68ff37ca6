"""What people think of answers: how it is asked for and shown on the wire."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from retrieval.database import zoned
from service.wire import Strict, When


def moment(given: str, *, end: bool = False) -> datetime:
    """In UTC; of a mere day its beginning, or with `end` that of the next."""
    at = zoned(datetime.fromisoformat(given))
    whole_day = end and len(given) == len("YYYY-MM-DD")
    try:
        return at.astimezone(UTC) + timedelta(days=whole_day)
    except OverflowError:  # the calendar's first or last day
        return at.replace(tzinfo=UTC)


class FeedbackQuery(Strict):
    """Each that is given must fit. A day without a time is UTC's, and `until` takes in the whole of it."""

    since: When | None = None
    until: When | None = None
    rating: Literal["up", "down"] | None = None
    reason: Literal["wrong", "unsupported", "outdated", "missing"] | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str, Field(pattern=r"^[0-9]{1,18}$")] | None = Field(
        None, description="`next_cursor` of the list before."
    )

    @model_validator(mode="after")
    def _in_order(self) -> "FeedbackQuery":
        if self.since and self.until and moment(self.since) >= moment(self.until, end=True):
            raise ValueError(f"since {self.since} is after until {self.until}")
        return self


class FeedbackOut(BaseModel):
    """`author`: who of several people said it, where that is known; else empty."""

    answer_id: str
    conversation_id: str
    question: str
    author: str
    rating: Literal["up", "down"]
    reason: str | None
    comment: str | None
    given_at: datetime


class FeedbackList(BaseModel):
    """The latest first. `next_cursor` is null at the end."""

    feedback: list[FeedbackOut]
    next_cursor: str | None
