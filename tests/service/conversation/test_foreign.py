"""Which language a question is in; what is English, or might be, is never taken for another."""

import pytest

from service.conversation.foreign import language_of


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wer hat das gesagt?", "German"),
        ("Was fordert die Gewerkschaft? Und warum?", "German"),
        ("warum?", "German"),
        ("Pourquoi les négociations ont échoué ?", "French"),
        ("Qu'est-ce qu'il a dit ?", "French"),
        ("¿Quién dijo eso?", "Spanish"),
        ("Perché il sindacato ha detto di no?", "Italian"),
        ("Quem disse isso na reunião?", "Portuguese"),
        ("Waarom heeft de vakbond nee gezegd?", "Dutch"),
        ("Dlaczego związek się nie zgodził?", "Polish"),
        ("Почему они ушли?", "Russian"),
        ("Що сказала їхня речниця?", "Ukrainian"),
        ("組合は何を求めていますか?", "Japanese"),
        ("工会要求什么?", "Chinese"),
        ("ماذا قالت النقابة؟", "a language in Arabic letters"),
    ],
)
def test_another_language(question: str, language: str) -> None:
    assert language_of(question) == language


@pytest.mark.parametrize(
    "question",
    [
        "What did De la Cruz say to Le Monde?",
        "de la Cruz?",
        "Who wrote “Wie es war”?",
        "What does „Die Zeit“ report?",
        "Who is Зеленский?",
        "Will Van der Berg die?",
        "no comment on the hat?",
        "What was son en lumiere?",
        "Que sera sera?",
        "the war in Chi?",
        "NATO",
        "12?",
        "",
    ],
)
def test_no_other_language(question: str) -> None:
    assert language_of(question) is None
