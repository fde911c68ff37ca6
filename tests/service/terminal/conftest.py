"""`parley` in this process, by itself or through one service that runs for all of these tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service.terminal.cli import main
from tests.running import Running, environment, started

KEY = "key-of-the-service"

Parley = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def parley(data: Path, capfd: pytest.CaptureFixture[str]) -> Parley:
    """A command in this process, which has loaded the libraries already. Gives code, output and errors."""

    def call(*arguments: str, **settings: object) -> tuple[int, str, str]:
        with pytest.MonkeyPatch.context() as patch:
            where = settings.pop("data_dir", data)
            for name, value in environment(where, **settings).items():  # type: ignore[arg-type]
                patch.setenv(name, value)
            code = main(arguments)
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return call


@pytest.fixture(scope="package")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("held") / "data"


@pytest.fixture(scope="package")
def running(held: Path) -> Iterator[Running]:
    with started(held, seeds=True, api_key=KEY) as service:
        yield service


@pytest.fixture
def through(running: Running, held: Path, parley: Parley) -> Parley:
    def call(*arguments: str) -> tuple[int, str, str]:
        return parley(*arguments, data_dir=held, api_key=KEY)

    return call
