"""What Slack delivers, claimed and taken up from eight threads at once, on SQLite and PostgreSQL."""

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from retrieval.database import Database
from retrieval.errors import ParleyError
from service.slack.deliveries import Deliveries, Delivery
from service.slack.events import Post
from tests.cluster.races import TIMES, at_once


def post(ts: str, event: str) -> Post:
    place = {"team": "T1", "channel": "C1", "thread": "1.0", "user": "U1", "user_team": "T1"}
    return Post(**place, event_id=event, ts=ts, text="Who met?")


def test_a_post_is_claimed_once_whichever_event_tells_of_it(both: Sequence[Database]) -> None:
    done = at_once(both, lambda database, n: Deliveries(database).claim(post("2.0", f"Ev{n % 2}")))
    assert Counter(map(type, done)) == {Delivery: 1, type(None): TIMES - 1}


def test_the_posts_of_a_thread_are_of_one_conversation(both: Sequence[Database]) -> None:
    done = at_once(both, lambda database, n: Deliveries(database).claim(post(f"{n}.0", f"Ev{n}")))
    claimed = [
        delivery for delivery in done if delivery is not None and not isinstance(delivery, ParleyError)
    ]
    assert len(claimed) == TIMES
    assert len({delivery.conversation_id for delivery in claimed}) == 1


def test_every_attempt_at_a_delivery_counts(both: Sequence[Database]) -> None:
    delivery = Deliveries(both[0]).claim(post("2.0", "Ev"))
    assert delivery is not None
    at_once(both, lambda database, _: Deliveries(database).take_up(delivery))
    again = Deliveries(both[0]).take_up(delivery)
    assert again is not None
    assert again.attempts == TIMES + 1


def test_what_a_process_left_unanswered_in_slack_is_taken_up_by_one(both: Sequence[Database]) -> None:
    for number in range(TIMES):
        Deliveries(both[0]).claim(post(f"{number}.0", f"Ev{number}"))
    with both[0].write() as connection:
        connection.execute(sa.text("UPDATE slack_deliveries SET owner = 'gone'"))
    done = [Deliveries(database).unfinished() for database in dict.fromkeys(both)]
    assert [len(taken) for taken in done] == [TIMES, 0][: len(done)]
