from service.config import Settings
from tests.conftest import REPOSITORY
from tests.docs.settings_page import render


def test_every_setting_is_documented_as_it_is() -> None:
    assert (REPOSITORY / "docs" / "settings.md").read_text() == render(), "run `make fix`"


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
