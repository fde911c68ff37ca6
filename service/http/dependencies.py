"""What routes are given, as named types."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.params import Depends as DependsParam

from service.bootstrap import Service
from service.conversation import Suggestions
from service.http.access import CALLER, Access, Caller
from service.http.admission import Admission
from service.http.events import Streams
from service.keys import KeyScope
from service.web import Pages


@dataclass(frozen=True, slots=True)
class Edge:
    """What the HTTP edge holds beside the service. What only reads the record has workers of its own, so
    that health checks and pages never wait for questions; a large article has one, so that small ones and
    deletions pass by."""

    service: Service
    access: Access
    pages: Pages
    suggestions: Suggestions
    questions: Admission
    reads: Admission
    ingests: Admission
    large_ingests: Admission
    deletions: Admission
    streams: Streams

    def stop(self) -> None:
        """End what is still waited for, with an error that says so."""
        for pool in self.pools.values():
            pool.stop()

    async def close(self) -> bool:
        """Whether everything that had begun has ended."""
        return all([await pool.close() for pool in self.pools.values()])

    @property
    def pools(self) -> dict[str, Admission]:
        names = ("questions", "reads", "ingests", "large_ingests", "deletions")
        return {name: getattr(self, name) for name in names}


# Not on a thread, where FastAPI would run what isn't asynchronous: that is a wait for two of them.
async def _edge(request: Request) -> Edge:
    edge: Edge = request.app.state.edge
    return edge


async def _caller(request: Request) -> Caller:
    caller: Caller = request.scope[CALLER]
    return caller


CallerDep = Annotated[Caller, Depends(_caller)]


async def _principal(caller: CallerDep) -> str:
    return caller.principal


def _scoped(scope: KeyScope) -> DependsParam:
    async def must(caller: CallerDep) -> None:
        caller.must(scope)

    scoped: DependsParam = Depends(must)
    return scoped


EdgeDep = Annotated[Edge, Depends(_edge)]
PrincipalDep = Annotated[str, Depends(_principal)]
# What a key must be good for; each route names one, or is open to all.
READ, ASK, INGEST, ADMIN = map(_scoped, KeyScope)
