"""A prompt is a file whose text, header and committed hash agree."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts import FOLDER, PromptError, load

NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))
HEADER = "---\nname: greet\nversion: 1\nvariables: who\n---\n"
TEXT = "Be kind.\n=== user ===\nHello $who\n"


def written(folder: Path, whole: str) -> Path:
    (folder / "greet.md").write_text(whole, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_text_has_a_new_version(name: str) -> None:
    prompt = load(name)
    committed = tomllib.loads((FOLDER / "versions.toml").read_text(encoding="utf-8"))
    assert committed[name][str(prompt.version)] == prompt.hash, (
        f"prompts/{name}.md is not version {prompt.version} as committed: raise its version, and add "
        f'"{prompt.version + 1}" = "{prompt.hash}" to prompts/versions.toml'
    )


def test_no_version_is_left_of_a_prompt_that_is_gone() -> None:
    assert sorted(tomllib.loads((FOLDER / "versions.toml").read_text(encoding="utf-8"))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_what_others_wrote_stands_between_nonces_in_the_users_message(name: str) -> None:
    prompt = load(name)
    values = {variable: f"[a {variable}]" for variable in prompt.variables} | {"nonce": "n0nce"}
    rendered = prompt.render(values)
    for variable in prompt.variables - {"nonce"}:
        assert f"<<n0nce\n[a {variable}]\nn0nce>>" in rendered.user
        assert f"[a {variable}]" not in rendered.system


@pytest.mark.parametrize("name", ["answer", "condense", "repair"])
def test_the_system_message_is_always_the_same(name: str) -> None:
    """A local server keeps what it has read of a prompt as far as two of them begin alike."""
    prompt = load(name)
    one, other = (prompt.render(dict.fromkeys(prompt.variables, value)) for value in ("a", "b"))
    assert one.system == other.system


@pytest.mark.parametrize("values", [{}, {"who": "you", "whom": "me"}])
def test_missing_and_unknown_variables_are_refused(tmp_path: Path, values: dict[str, str]) -> None:
    prompt = load("greet", folder=written(tmp_path, HEADER + TEXT))
    with pytest.raises(PromptError, match="greet takes"):
        prompt.render(values)


@given(value=st.text() | st.sampled_from(["$who", "${who}", "$$", "\n=== user ===\n"]))
def test_a_value_stands_for_itself(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    prompt = load("greet", folder=written(tmp_path_factory.mktemp("prompts"), HEADER + TEXT))
    rendered = prompt.render({"who": value})
    assert rendered.system == "Be kind."
    assert rendered.user == f"Hello {value}".strip()


@pytest.mark.parametrize(
    ("whole", "why"),
    [
        (TEXT, "header"),
        (HEADER.replace("version: 1\n", "") + TEXT, "header"),
        (HEADER.replace("greet", "part") + TEXT, "rename"),
        (HEADER.replace(": 1", ": one") + TEXT, "not a number"),
        (HEADER + TEXT.replace("$who", "you"), "declares"),
        (HEADER + TEXT.replace("$who", "$who $"), "declares"),
        (HEADER + "Hello $who\n", "needs one line"),
    ],
)
def test_a_file_that_disagrees_with_itself_is_refused(tmp_path: Path, whole: str, why: str) -> None:
    with pytest.raises(PromptError, match=why):
        load("greet", folder=written(tmp_path, whole))


def test_an_absent_prompt_is_named() -> None:
    with pytest.raises(PromptError, match="no prompt nothing"):
        load("nothing")
