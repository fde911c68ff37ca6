"""What is shipped: the lock files, the seed articles and the image."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from service.config import Settings, read_settings
from service.errors import SettingsError
from tests.conftest import REPOSITORY, SEEDS

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-training.lock")
SEED_SHA256 = {
    "cnbc-article-5-protection.txt": "51ca1844e3abb8f85eb4ae971f72a3b2c5141b10d8e310c3539f2494c4ca8c7e",
    "envoy-russia-concessions.txt": "6f1a47c06533a9b73f4d76aa0b8680b6c501a08933bcfe0b53af4fb8a1832a32",
}


def entries(lock: str) -> list[str]:
    """Each pin with its hashes, on one line, comments left out."""
    text = (REPOSITORY / lock).read_text("utf-8")
    text = re.sub(r"(?m)^\s*#.*\n?", "", text)
    return [line for line in re.sub(r"\\\n\s*", "", text).splitlines() if line.strip()]


def pins(lock: str) -> dict[str, set[str]]:
    """The versions that each package is pinned to: more than one where Python's version decides."""
    found: dict[str, set[str]] = {}
    for entry in entries(lock):
        pin = Requirement(entry.partition(" --hash")[0].strip())
        (specifier,) = pin.specifier
        assert specifier.operator == "=="
        found.setdefault(canonicalize_name(pin.name), set()).add(specifier.version)
    return found


def project() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def dockerfile() -> str:
    """Without comments, continued lines joined."""
    text = re.sub(r"(?m)^\s*#.*\n", "", (REPOSITORY / "Dockerfile").read_text("utf-8"))
    return re.sub(r"\\\n\s*", "", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str) -> None:
    lacking = [entry for entry in entries(lock) if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)]
    assert len(entries(lock)) > 100
    assert lacking == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    text = (REPOSITORY / lock).read_text("utf-8")
    assert re.findall(r"(?i)://|^\s*-[a-z]|\bfile:|--index-url|--find-links| @ ", text, re.MULTILINE) == []


@pytest.mark.parametrize(("lock", "extra"), list(zip(LOCKS, (None, "dev", "training"), strict=True)))
def test_every_declared_dependency_is_locked_within_its_bounds(lock: str, extra: str | None) -> None:
    declared = project()["dependencies"]
    optional = project()["optional-dependencies"]
    assert isinstance(declared, list)
    assert isinstance(optional, dict)
    locked = pins(lock)
    for line in declared + (optional[extra] if extra else []):
        wanted = Requirement(line)
        versions = locked.get(canonicalize_name(wanted.name), set())
        assert versions, f"{wanted.name} is not in {lock}"
        assert all(version in wanted.specifier for version in versions), f"{line} is locked to {versions}"


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_development_and_training_run_on_what_is_shipped(lock: str) -> None:
    shipped, beside = pins(LOCKS[0]), pins(lock)
    assert {name: beside.get(name) for name in shipped} == shipped


def test_the_seed_articles_are_byte_for_byte_what_they_were() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")}
    assert found == SEED_SHA256


def test_the_image_runs_as_a_numbered_user_who_is_not_root() -> None:
    last_stage = dockerfile().rpartition("\nFROM ")[2]
    (user,) = re.findall(r"(?m)^USER (\d+):(\d+)$", last_stage)
    assert "0" not in user


def test_the_image_asks_its_own_readyz_and_takes_signals_itself() -> None:
    (health,) = re.findall(r"(?m)^HEALTHCHECK .*--start-period=\d+s .*CMD (\[.*\])$", dockerfile())
    assert "'/readyz'" in json.loads(health)[-1]
    (command,) = re.findall(r"(?m)^CMD (.*)$", dockerfile())
    assert json.loads(command) == ["parley", "serve"]


def test_the_locked_packages_are_a_layer_that_no_code_is_in() -> None:
    packages = dockerfile().partition("\nFROM ")[2].partition("\nFROM ")[0]
    assert "pip install --quiet --no-deps --require-hashes -r requirements.lock" in packages
    assert re.findall(r"(?m)^COPY (.*)$", packages) == ["requirements.lock ./"]


def test_the_image_sets_only_settings_that_exist_and_no_key() -> None:
    named = set(re.findall(r"\bPARLEY_[A-Z_]+", dockerfile()))
    assert named <= {f"PARLEY_{name.upper()}" for name in Settings.model_fields}
    assert "PARLEY_API_KEY" not in named


def test_the_image_is_labelled_with_the_version_and_licence_of_the_project() -> None:
    labels = dict(re.findall(r'org\.opencontainers\.image\.(\w+)="([^"]*)"', dockerfile()))
    for label, name in (("version", "version"), ("licenses", "license"), ("description", "description")):
        assert labels[label] == project()[name]


def test_the_builder_gets_only_what_the_dockerfile_copies() -> None:
    let_through = re.findall(r"(?m)^!(\S+)$", (REPOSITORY / ".dockerignore").read_text("utf-8"))
    copied: set[str] = set()
    for line in re.findall(r"(?m)^COPY (?!--from)(.*)$", dockerfile()):
        copied.update(line.split()[:-1])
    assert set(let_through) == copied


def test_compose_publishes_on_loopback_only_and_takes_every_right_away() -> None:
    compose = yaml.safe_load((REPOSITORY / "compose.yaml").read_text("utf-8"))
    (service,) = compose["services"].values()
    assert service["image"] == f"parley:{project()['version']}"
    assert service["ports"] == ["127.0.0.1:8000:8000"]
    assert service["environment"]["PARLEY_API_KEY"].startswith("${PARLEY_API_KEY:?")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["data:/data"]
    assert "data" in compose["volumes"]


def test_the_page_shows_what_is_said_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARLEY_API_KEY", raising=False)
    with pytest.raises(SettingsError) as refused:
        read_settings(host="0.0.0.0")
    assert f"parley: {refused.value.message}\n" in (REPOSITORY / "docs" / "docker.md").read_text("utf-8")


@pytest.mark.slow
def test_the_wheel_holds_what_a_package_of_others_is_typed_by(tmp_path: Path) -> None:
    parts = ("parley", "retrieval", "service", "prompts", "evals", "pyproject.toml", "README.md", "LICENSE")
    for part in parts:
        source = REPOSITORY / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / part)
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    subprocess.run([*pip, "--wheel-dir", tmp_path / "built", tmp_path], check=True, timeout=300)
    (wheel,) = (tmp_path / "built").glob("parley-*.whl")
    held = set(ZipFile(wheel).namelist())
    page = (REPOSITORY / "docs" / "extending.md").read_text("utf-8")
    modules = {name.replace(".", "/") for name in re.findall(r"(?m)^from ([a-z_.]+) import", page)}
    wanted = {module for module in modules if module.partition("/")[0] in parts}
    assert len(wanted) > 10
    assert {f"{module.partition('/')[0]}/py.typed" for module in wanted} <= held
    assert [each for each in wanted if not {f"{each}.py", f"{each}/__init__.py"} & held] == []


@pytest.mark.slow
def test_the_steps_of_the_dockerfile_run_and_what_they_make_serves() -> None:
    script = REPOSITORY / "docker" / "check-steps"
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=900, check=False, cwd=Path("/")
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-5000:]


def test_the_bill_of_materials_names_every_pin_with_its_hashes_and_comes_out_the_same_twice(
    tmp_path: Path,
) -> None:
    made = []
    for name in ("first.json", "second.json"):
        script = str(REPOSITORY / ".ci" / "sbom")
        subprocess.run([sys.executable, script, str(tmp_path / name)], check=True, cwd=tmp_path)
        made.append((tmp_path / name).read_text("utf-8"))
    assert made[0] == made[1]
    components = json.loads(made[0])["components"]
    listed: dict[str, set[str]] = {}
    for component in components:
        listed.setdefault(canonicalize_name(component["name"]), set()).add(component["version"])
    assert listed == pins("requirements.lock")
    hashes = [h["content"] for c in components for r in c["externalReferences"] for h in r["hashes"]]
    assert sorted(hashes) == sorted(
        re.findall(r"sha256:([0-9a-f]{64})", (REPOSITORY / "requirements.lock").read_text("utf-8"))
    )


def test_nothing_is_installed_that_slows_every_start() -> None:
    """Where it is there, jsonschema, which Chroma imports, builds its grammar at import: a second."""
    assert "rfc3987-syntax" not in set(pins("requirements.lock")) | set(pins("requirements-dev.lock"))
