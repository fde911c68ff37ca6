"""Asked by the SDK's own client, over HTTP and as a process of its own."""

import asyncio
import signal
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import httpx2
import pytest
import uvicorn
from mcp import Client, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult
from starlette.testclient import TestClient

from service.bootstrap import Service
from service.desk import Desk, service_desk, through_service
from service.errors import SettingsError
from service.http import Access
from service.keys import STALE_SECONDS, Keys, KeyScope
from service.mcp.serving import guarded, serve_http
from tests.conftest import REPOSITORY, serving
from tests.running import PARLEY, Running, environment, free_port, run, started
from tests.service.conftest import KEY

pytestmark = pytest.mark.slow

QUESTION = "How long did the Alaska summit last?"
Found = TypeVar("Found")


def said(result: CallToolResult) -> tuple[str, dict[str, Any]]:
    """The text and the typed result of a call that was answered."""
    (content,) = result.content
    assert content.type == "text"
    assert not result.is_error, content.text
    assert result.structured_content is not None
    return content.text, result.structured_content


def refused(result: CallToolResult) -> str:
    (content,) = result.content
    assert result.is_error
    assert content.type == "text"
    return content.text


@asynccontextmanager
async def connected(port: int, key: str) -> AsyncIterator[Client]:
    bearing = httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}, trust_env=False, verify=False)
    async with bearing as http:
        transport = streamable_http_client(f"http://127.0.0.1:{port}/mcp", http_client=http)
        async with Client(transport) as client:
            yield client


@asynccontextmanager
async def over_http(desk: Desk, service: Service) -> AsyncIterator[Client]:
    """The SDK's client of a server of it, on a port of its own."""
    port = free_port()
    settings = service.settings.model_copy(update={"port": port})
    config = uvicorn.Config(guarded(desk, settings), port=port, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    try:
        while not server.started:
            await asyncio.sleep(0.01)
        async with connected(port, KEY) as client:
            yield client
    finally:
        server.should_exit = True
        await running


@pytest.fixture(scope="module", params=["in this process", "through a service"])
def desk(request: pytest.FixtureRequest, with_key: Service) -> Iterator[Desk]:
    if request.param == "in this process":
        yield service_desk(with_key)
        return
    with (
        serving(with_key) as client,
        through_service(str(client.base_url).rstrip("/"), with_key.settings) as remote,
    ):
        yield remote


def asking(desk: Desk, service: Service, use: Callable[[Client], Awaitable[Found]], **more: Any) -> Found:
    async def work() -> Found:
        async with over_http(desk, service) as client:
            return await use(client)

    return asyncio.run(work())


def test_the_tools_say_what_they_do_and_that_they_only_read(with_key: Service) -> None:
    listed = asking(service_desk(with_key), with_key, lambda client: client.list_tools())
    assert [tool.name for tool in listed.tools] == ["ask", "search", "read_article", "list_articles"]
    for tool in listed.tools:
        assert tool.title
        assert tool.description
        assert "\n" not in tool.description
        assert tool.annotations is not None
        assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (True, False)
        assert tool.output_schema is not None
        assert tool.output_schema["type"] == "object"
        for given in tool.input_schema["properties"].values():
            assert given["description"]


def test_an_answer_has_its_sources_and_they_stand(desk: Desk, with_key: Service) -> None:
    async def use(client: Client) -> None:
        text, told = said(await client.call_tool("ask", {"question": QUESTION}))
        assert told["status"] == "answered"
        assert text.startswith(told["text"])
        assert told["sources"]
        for source in told["sources"]:
            place = {"article_id": source["article_id"], "version": source["version"]}
            span = {"start": source["start"], "length": source["end"] - source["start"]}
            _, read = said(await client.call_tool("read_article", place | span))
            assert read["text"] == source["quote"]
            assert f"[{source['number']}]" in told["text"]
            assert source["quote"] in text
            assert source["title"]
            assert (source["link"] or "") in text
            assert (source["link"] is None) == (desk.url == "")
            if source["link"]:
                assert httpx.get(source["link"], trust_env=False).status_code == 200, "without the key"
        first = told["conversation_id"]
        question = {"question": "And who said so?", "conversation_id": first}
        _, further = said(await client.call_tool("ask", question))
        assert further["conversation_id"] == first

    asking(desk, with_key, use)


def test_articles_are_searched_listed_and_read_whole(desk: Desk, with_key: Service) -> None:
    async def use(client: Client) -> None:
        text, found = said(await client.call_tool("search", {"query": "Alaska summit", "limit": 3}))
        assert len(found["passages"]) == 3
        assert all(passage["text"] in text for passage in found["passages"])
        _, listed = said(await client.call_tool("list_articles", {}))
        assert listed["total"] == len(listed["articles"]) == 2
        _, first = said(await client.call_tool("list_articles", {"limit": 1, "offset": 1}))
        assert first["articles"] == listed["articles"][1:]
        for article in listed["articles"]:
            parts = ""
            start: int | None = 0
            while start is not None:
                asked = {"article_id": article["article_id"], "start": start, "length": 1_500}
                _, read = said(await client.call_tool("read_article", asked))
                parts += read["text"]
                start = read["next_start"]
            whole = with_key.corpus.record.article(article["article_id"], version=None).text
            assert parts == whole

    asking(desk, with_key, use)


IMPOSSIBLE: list[tuple[str, dict[str, Any], str]] = [
    ("ask", {"question": "  "}, "is empty"),
    ("ask", {"question": "why " * 600}, "has 2400 characters; at most 2000 are taken"),
    ("ask", {"question": "Why?", "conversation_id": "c_7"}, "conversation_id"),
    ("search", {"query": ""}, "is empty"),
    ("search", {"query": "x", "limit": 51}, "limit"),
    ("read_article", {"article_id": f"a_{'0' * 32}"}, f"article a_{'0' * 32} is not here"),
    ("read_article", {"article_id": f"a_{'0' * 32}"}, "is not here. Take one from a source"),
    ("read_article", {"article_id": "../etc"}, "article_id: ../etc is no id of an article. Take one from"),
]


def test_what_cannot_be_done_is_said_and_why(desk: Desk, with_key: Service) -> None:
    async def use(client: Client) -> None:
        for tool, given, words in IMPOSSIBLE:
            assert words in refused(await client.call_tool(tool, given)), given

    asking(desk, with_key, use)


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 401, "unauthorized"),
        ({"Authorization": "Bearer another-key-altogether"}, 401, "unauthorized"),
        ({"Authorization": f"Bearer {KEY}", "Origin": "https://rebound.example"}, 403, "forbidden"),
    ],
)
def test_over_http_the_doors_are_those_of_the_service(
    with_key: Service, headers: dict[str, str], status: int, code: str
) -> None:
    client = TestClient(guarded(service_desk(with_key), with_key.settings), "http://127.0.0.1")
    reply = client.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (status, code)


def test_over_http_no_browsers_session_lets_anybody_in(with_key: Service) -> None:
    """Which may have been ended at the service, where it signed out."""
    client = TestClient(guarded(service_desk(with_key), with_key.settings), "http://127.0.0.1")
    cookie = {"Cookie": f"parley_session={Access(with_key.settings).session()}"}
    assert client.get("/mcp/none", headers=cookie).status_code == 401
    assert client.get("/mcp/none", headers={"Authorization": f"Bearer {KEY}"}).status_code == 404


def test_over_http_a_service_with_keys_is_not_open_to_everybody(service: Service) -> None:
    service.keys.create("Ida", [KeyScope.READ])
    with pytest.raises(SettingsError, match="Parley has keys"):
        serve_http(service_desk(service), service.settings, port=free_port(), say=print)


def test_over_http_the_first_key_closes_the_door_and_opens_none(service: Service) -> None:
    seen = [0.0]
    keys = Keys(service.corpus.record.database, clock=lambda: seen[0])
    client = TestClient(
        guarded(service_desk(service), service.settings, lambda: keys.any), "http://127.0.0.1"
    )
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}

    def status(token: str) -> int:
        return client.get("/mcp/none", headers={"Authorization": f"Bearer {token}"}).status_code

    assert status("x") == 404
    token = service.keys.create("Ida", list(KeyScope)).token
    seen[0] += STALE_SECONDS
    assert (status("x"), status(token)) == (401, 401)
    assert client.post("/mcp", json=asked).status_code == 401


def test_over_http_nothing_is_kept_of_a_client(with_key: Service) -> None:
    about = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    begin = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": about}
    headers = {"Authorization": f"Bearer {KEY}", "Accept": "application/json, text/event-stream"}
    with TestClient(guarded(service_desk(with_key), with_key.settings), "http://127.0.0.1") as client:
        reply = client.post("/mcp", json=begin, headers=headers)
    assert reply.status_code == 200
    assert "mcp-session-id" not in reply.headers


def over_stdio(folder: Path, **settings: object) -> AbstractAsyncContextManager[Client]:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Client]:
        command, *arguments = (*PARLEY, "mcp")
        env = environment(folder, **settings)  # type: ignore[arg-type]
        server = StdioServerParameters(command=command, args=arguments, env=env, cwd=REPOSITORY)
        with (folder / "said").open("w") as errors:
            async with Client(stdio_client(server, errlog=errors)) as client:
                yield client
        assert "Traceback" not in (folder / "said").read_text()

    return opened()


@pytest.mark.slow
def test_over_standard_input_it_opens_the_data_directory_itself(tmp_path: Path) -> None:
    async def work() -> None:
        async with over_stdio(tmp_path, seeds=True) as client:
            assert client.server_info is not None
            assert client.server_info.name == "parley"
            _, told = said(await client.call_tool("ask", {"question": QUESTION}))
            assert told["sources"]

    asyncio.run(work())


@pytest.mark.slow
def test_both_go_through_the_service_that_runs(tmp_path: Path) -> None:
    async def asked(client: Client) -> str:
        _, told = said(await client.call_tool("ask", {"question": QUESTION}))
        return str(told["sources"][0]["link"])

    async def work(running: Running) -> None:
        async with over_stdio(tmp_path, api_key=KEY) as client:
            assert (await asked(client)).startswith(f"{running.url}/articles/")
        port = free_port()
        command = (*PARLEY, "mcp", "--http", "--port", str(port))
        env = environment(tmp_path, api_key=KEY)
        with subprocess.Popen(command, env=env, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            while "Serving the Model Context Protocol" not in (line := process.stderr.readline()):
                assert line, "it ended before it served"
            async with connected(port, KEY) as client:
                assert (await asked(client)).startswith(f"{running.url}/articles/")
            process.terminate()
            assert process.wait(timeout=60) == 0
            assert "Traceback" not in process.stderr.read()

    with started(tmp_path, seeds=True, api_key=KEY) as running:
        asyncio.run(work(running))
        env = environment(tmp_path, api_key=KEY)
        with subprocess.Popen(
            (*PARLEY, "mcp"), env=env, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as alone:
            assert alone.stdin is not None
            assert alone.stdout is not None
            alone.stdin.write(b'{"jsonrpc": "2.0", "id": 1, "method": "server/discover"}\n')
            alone.stdin.flush()
            assert b'"id":1' in alone.stdout.readline()
            alone.send_signal(signal.SIGINT)
            assert alone.wait(timeout=60) == -signal.SIGINT, "it waits for no more input"


def test_a_port_is_one_and_goes_with_http(tmp_path: Path) -> None:
    wrong = {("--port", "8001"): "--port goes with --http", ("--http", "--port", "0"): "0 is no port"}
    for given, words in wrong.items():
        done = run("mcp", *given, env=environment(tmp_path))
        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr
