import json
from pathlib import Path

import pytest

from benchmarks.corpus import from_suites, invented
from retrieval.article import Region
from retrieval.parse import parse


def test_the_same_seed_makes_the_same_news() -> None:
    assert invented(3, questions=5) == invented(3, questions=5)
    assert invented(3, questions=5) != invented(3, questions=5, seed=8)


def test_articles_are_about_as_long_as_news_and_differ() -> None:
    texts = [source.data.decode() for source in invented(20, questions=0).sources]
    assert all(550 < len(text.split()) < 800 for text in texts)
    assert len({word for text in texts for word in text.split()}) > 1_000


def test_articles_have_the_regions_of_news() -> None:
    (source,) = invented(1, questions=0).sources
    kinds = {region.kind for region in parse(source).regions}
    assert {Region.HEADLINE, Region.BYLINE, Region.CAPTION, Region.BODY} <= kinds


def test_suites_are_read_with_their_questions(tmp_path: Path) -> None:
    row = {
        "id": "one",
        "title": "Talks",
        "source": "Wire",
        "published": None,
        "text": "They met. They parted.",
    }
    (tmp_path / "corpus.jsonl").write_text(json.dumps(row) + "\n")
    (tmp_path / "cases.jsonl").write_text(json.dumps({"question": "Who met?"}) + "\n")
    corpus = from_suites(tmp_path)
    assert corpus.questions == ["Who met?"]
    (source,) = corpus.sources
    assert (source.id, source.data, source.facts.outlet) == ("one", b"They met. They parted.", "Wire")


def test_a_folder_without_suites_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no corpus\.jsonl"):
        from_suites(tmp_path)
