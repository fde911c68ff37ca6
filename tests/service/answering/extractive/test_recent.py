from service.answering.extractive.recent import Recent


def test_computes_once_and_forgets_the_least_recently_used() -> None:
    made: list[str] = []
    recent: Recent[str, str] = Recent(kept=2)

    def upper(key: str) -> str:
        made.append(key)
        return key.upper()

    def get(key: str) -> str:
        return recent.get(key, lambda: upper(key))

    assert [get(key) for key in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"]
    assert len(recent) == 2
