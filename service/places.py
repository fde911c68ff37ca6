"""Answers that take the place of others in their conversation, as where a question was edited."""

from collections.abc import Iterable, Sequence

from service.errors import AnswerNotFound
from service.wire import AnswerOut


def in_places(told: Iterable[AnswerOut]) -> list[AnswerOut]:
    """Of answers in the order in which they were given, those that count, in the order in which they are
    read."""
    placed: list[AnswerOut] = []
    for answer in told:
        ids = [one.id for one in placed]
        if answer.in_place_of in ids:
            placed[ids.index(answer.in_place_of)] = answer
        else:
            placed.append(answer)
    return placed


def before(answer_id: str, placed: Sequence[AnswerOut]) -> list[AnswerOut]:
    """Raises AnswerNotFound where it isn't among them."""
    ids = [one.id for one in placed]
    if answer_id not in ids:
        raise AnswerNotFound(
            f"answer {answer_id} stands nowhere in this conversation",
            remedy="Leave in_place_of out, or name an answer of the conversation that wasn't replaced.",
        )
    return list(placed[: ids.index(answer_id)])
