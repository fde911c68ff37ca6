"""Thousands of requests made from the document, sound and unsound: none fails, each status is named in it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.bootstrap import Service
from tests.conftest import add, serving

MANY = 5_000
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# What takes long to answer gets fewer; what has little to vary ends by itself.
_SLOW = "-path-regex=^/v1/(chat|chat/completions|search|articles)$"
SHARES = {f"--include{_SLOW}": 120, f"--exclude{_SLOW}": 560}


def fuzzing(document: Path, url: str, which: str, examples: int) -> "subprocess.Popen[str]":
    program = Path(sys.executable).parent / "schemathesis"
    command = [str(program), "run", str(document), "--url", url, which, "--max-examples", str(examples)]
    command += ["--checks", CHECKS, "--phases", "fuzzing", "--seed", "1", "--no-shrink", "--no-color"]
    command += ["--suppress-health-check", "all", "--warnings", "off", "--max-failures", "20"]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=document.parent
    )


def closed(document: dict[str, Any]) -> dict[str, Any]:
    """Without the `default` that would let any status pass."""
    for methods in document["paths"].values():
        for operation in methods.values():
            del operation["responses"]["default"]
    return document


def statuses(client: httpx.Client) -> dict[str, float]:
    lines = client.get("/metrics").text.splitlines()
    found: dict[str, float] = {}
    for line in lines:
        if line.startswith("parley_requests_total"):
            status = line.partition('status="')[2].partition('"')[0]
            found[status] = found.get(status, 0) + float(line.rpartition(" ")[2])
    return found


@pytest.mark.slow
def test_no_request_of_thousands_fails(service: Service, tmp_path: Path) -> None:
    add(service, "The envoys met for two hours in Lund. “We offered a truce,” the minister told Radio Nord.")
    with serving(service) as client:
        document = tmp_path / "openapi.json"
        document.write_text(json.dumps(closed(client.get("/openapi.json").json())))
        url = str(client.base_url)
        running = [fuzzing(document, url, which, examples) for which, examples in SHARES.items()]
        for each in running:
            out, _ = each.communicate()
            assert each.returncode == 0, out[-5_000:]
        found = statuses(client)
    assert sum(found.values()) >= MANY, found
    assert not [status for status in found if status.startswith("5")], found
