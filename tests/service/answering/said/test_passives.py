"""Whose words a passive tells."""

import pytest

from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("The plan was dismissed as “a stunt” by Ines Kowal.", "Ines Kowal", "a stunt"),
        ("That was rejected as “thin soup” by the port's lawyer, Milo Trask.", "Milo Trask", "thin soup"),
        ("His terms were branded “a joke” by Ines Kowal, chair of the crews.", "Ines Kowal", "a joke"),
        (
            "The map has been called “a trick” by the rebel captain, but it stays.",
            "the rebel captain",
            "a trick",
        ),
        ("The text was described by its author, Ines Kowal, as “half done”.", "Ines Kowal", "half done"),
        ("The visit was described by one of her clerks as “brief”.", "one of her clerks", "brief"),
        ("Mr Trask was described by one porter who knows him as “slow”.", "one porter who knows him", "slow"),
        ("The tax was described by crew leader Ines Kowal as fair.", "Ines Kowal", "fair"),
        (
            "She had been assured by the chair, Milo Trask, that the quay was safe.",
            "Milo Trask",
            "the quay was safe",
        ),
        (
            "He was asked by Ines Kowal, of Lower Sorn, why the bus was late.",
            "Ines Kowal",
            "the bus was late",
        ),
    ],
)
def test_it_is_theirs_by_whom_it_is_judged(text: str, speaker: str, words: str) -> None:
    found = dict(told(text))
    assert found[speaker].endswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "The plan was dismissed as “a stunt” by mistake.",
        "The bridge was called “the Needle” by night and day.",
        "The plan was described as “a stunt”.",
        "The ship was not described by its owners.",
    ],
)
def test_without_somebody_by_whom_it_is_nobodys(text: str) -> None:
    assert told(text) == []
