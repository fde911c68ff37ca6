"""An answer without what it took from a purged article."""

from service.wire import AnswerOut, CitedArticleOut, ConflictOut, WithdrawnOut
from service.withdrawal import WITHDRAWN, as_asked, withdrawn
from tests.service.slack.making import answer, citation, in_other_words, quoted


def told(*lines: str, **more: object) -> AnswerOut:
    """Two quotations and a paraphrase of both, from two articles, with their markers."""
    first, second = citation(1, "Nobody came."), citation(2, "All came.")
    statements = [
        quoted("Roe said: ", ("Nobody came.", 1)),
        quoted(("All came.", 2), id_="s2"),
        in_other_words("They differ.", 1, 2, id_="s3"),
        *(quoted(line, id_=f"n{at}", kind="notice") for at, line in enumerate(lines)),
    ]
    text, placed = "", []
    for one in statements:
        placed.append(one.model_copy(update={"start": len(text), "end": len(text) + len(one.text)}))
        text += one.text + "".join(f" [{number}]" for number in one.citations) + "\n"
    conflict = ConflictOut(about="who came", citations=[1, 2])
    return answer(*placed, citations=[first, second], conflicts=[conflict], text=text.rstrip("\n"), **more)


def is_first(article: CitedArticleOut) -> bool:
    return article.id.endswith("1")


def test_whatever_cites_it_goes_and_the_rest_stays_where_it_says() -> None:
    after = withdrawn(told(), is_first)
    assert after.text == f"{WITHDRAWN} [1]\nAll came. [2]\n{WITHDRAWN} [1] [2]"
    assert [after.text[s.start : s.end] for s in after.statements] == [s.text for s in after.statements]
    assert [s.kind for s in after.statements] == ["notice", "quote", "notice"]
    assert {part.origin for part in after.statements[0].parts} == {"parley"}
    assert after.citations == [WithdrawnOut(id=1), told().citations[1]]
    assert after.conflicts == []
    assert "Nobody" not in after.model_dump_json()
    assert "Roe" not in after.model_dump_json()


def test_what_cites_nothing_of_it_is_the_same() -> None:
    before = told()
    assert withdrawn(before, lambda _: False) is before
    once = withdrawn(before, is_first)
    assert withdrawn(once, is_first) is once
    assert AnswerOut.model_validate_json(once.model_dump_json()) == once


def test_what_followed_it_is_as_it_was_asked() -> None:
    before = told("I found nothing on Roe.", standalone_question="Where was Roe?", unanswered=["Roe?"])
    after = as_asked(before)
    assert (after.standalone_question, after.unanswered) == ("Where?", ["Where?"])
    assert after.text == before.text.replace("I found nothing on Roe.", WITHDRAWN)
    alone = told("I found nothing.")
    assert as_asked(alone) is alone


def test_a_name_above_what_was_withdrawn_goes_and_stays_above_the_rest() -> None:
    cited = [citation(1, "Nobody came."), citation(2, "All came.")]
    lines = [("Nobody came.", 1, "Zorn"), ("All came.", 2, "Zorn"), ("Nobody came.", 1, "Ng")]
    text, statements = "", []
    for at, (words, number, heading) in enumerate(lines):
        text += f"{heading}\n" if at != 1 else ""
        one = quoted((words, number), id_=f"s{at}").model_copy(update={"heading": heading})
        statements.append(one.model_copy(update={"start": len(text), "end": len(text) + len(one.text)}))
        text += f"{one.text} [{number}]\n"
    after = withdrawn(answer(*statements, citations=cited, text=text.rstrip("\n")), is_first)
    assert after.text == f"{WITHDRAWN} [1]\nZorn\nAll came. [2]\n{WITHDRAWN} [1]"
    assert [s.heading for s in after.statements] == [None, "Zorn", None]
    assert [after.text[s.start : s.end] for s in after.statements] == [s.text for s in after.statements]
