"""compose.cluster.yaml starts what docs/cluster.md says, by settings that there are, everything pinned."""

import re

import yaml

from service.config import Settings
from tests.conftest import REPOSITORY

COMPOSED = yaml.safe_load((REPOSITORY / "compose.cluster.yaml").read_text("utf-8"))["services"]


def test_it_starts_two_parleys_a_proxy_and_what_they_share() -> None:
    assert set(COMPOSED) == {"parley-1", "parley-2", "proxy", "postgres", "chroma"}
    assert COMPOSED["parley-1"] == COMPOSED["parley-2"]
    proxied = (REPOSITORY / "docker" / "nginx.conf").read_text("utf-8")
    assert set(re.findall(r"server (parley-\d):8000", proxied)) == {"parley-1", "parley-2"}


def test_a_parley_is_told_by_settings_that_there_are() -> None:
    known = {f"PARLEY_{name.upper()}" for name in Settings.model_fields}
    told = set(COMPOSED["parley-1"]["environment"])
    assert told <= known
    assert {"PARLEY_API_KEY", "PARLEY_RECORD_URL", "PARLEY_CHROMA_URL"} <= told


def test_every_image_is_pinned_and_chromas_is_the_clients() -> None:
    images = {name: each["image"] for name, each in COMPOSED.items()}
    assert all(re.search(r":\d+\.\d+", image) for image in images.values()), images
    lock = (REPOSITORY / "requirements.lock").read_text("utf-8")
    (client,) = re.findall(r"(?m)^chromadb==(\S+)", lock)
    assert images["chroma"] == f"chromadb/chroma:{client}"
