"""docs/extending.md shows the package that tests/outside installs and uses, file by file and whole."""

import re

from evals.scoring.outside import SCORERS
from retrieval.sources import FORMATS, OURS
from service.outside import ANSWERERS
from tests.conftest import REPOSITORY
from tests.outside.conftest import HEARING

PAGE = (REPOSITORY / "docs" / "extending.md").read_text("utf-8")


def test_its_examples_are_the_package() -> None:
    shown = re.findall(r"(?ms)^```(?:toml|python)\n(.*?)^```$", PAGE)
    files = [HEARING / "pyproject.toml", *(HEARING / "hearing").glob("*.py")]
    assert sorted(shown) == sorted(text for file in files if (text := file.read_text("utf-8")))


def test_every_way_in_is_there() -> None:
    assert all(f'"{group}"' in PAGE for group in (FORMATS, ANSWERERS, SCORERS))
    assert all(f"`{ending}`" in PAGE for ending in OURS)
