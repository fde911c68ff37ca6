"""A text that floods what is found keeps no other out, with the embedding model that is served."""

import pytest

from benchmarks.carried import both, false
from benchmarks.copies import KEPT_AIM, every, share


@pytest.mark.slow
def test_of_two_articles_with_twenty_near_copies_each_both_are_read() -> None:
    found = every(both(2, paragraphs=4))
    assert min(share([one.read for one in found]), share([one.offered for one in found])) >= KEPT_AIM


@pytest.mark.slow
def test_fifty_clones_of_a_false_article_leave_the_true_one_read_and_cited() -> None:
    found = every(false(2, paragraphs=4))
    assert all(one.read and one.offered and one.cited for one in found)
