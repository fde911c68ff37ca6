"""Every error as application/problem+json (RFC 9457), from one table."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Match

from retrieval.errors import ParleyError
from service.errors import InvalidRequest, RateLimited
from service.http.openai_errors import COMPLETIONS, is_spoken_at, with_error
from service.invalid import misshapen, unreadable
from service.wire import Problem

STATUS = {
    "bad_request": 400,
    "invalid_request": 422,
    "unauthorized": 401,
    "forbidden": 403,
    "not_found": 404,
    "model_not_found": 404,
    "method_not_allowed": 405,
    "timeout": 408,
    "conflict": 409,
    "withdrawn": 410,
    "too_large": 413,
    "unsupported_type": 415,
    "rate_limited": 429,
    "internal": 500,
    "overloaded": 503,
    "not_ready": 503,
    "storage_full": 507,
}
_TITLES = {
    "bad_request": "The request is malformed",
    "invalid_request": "The request is not valid",
    "unauthorized": "A key is required",
    "forbidden": "Not allowed",
    "not_found": "Not found",
    "model_not_found": "No such model",
    "method_not_allowed": "Method not allowed",
    "timeout": "The request took too long",
    "conflict": "Conflict",
    "withdrawn": "Withdrawn",
    "too_large": "Too large",
    "unsupported_type": "Unsupported type",
    "rate_limited": "Too many requests",
    "internal": "Parley failed",
    "overloaded": "Overloaded",
    "not_ready": "Not ready",
    "storage_full": "Storage is full",
}
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 2
_ASTRAY = "Perhaps the address was cut off or misspelt, or what was here has been deleted."
FAILED, SEE_LOG = "Parley failed on this request", "Its log says why."
_BODIES = {COMPLETIONS: '{"model": "parley", "messages": [{"role": "user", "content": "..."}]}'}


class BodyRefused(HTTPException):
    """Raised while a body is read. FastAPI turns any error there into its own 400, save this kind."""

    def __init__(self, error: ParleyError) -> None:
        super().__init__(STATUS[error.code])
        self.error = error


def problem(
    code: str,
    detail: str,
    *,
    remedy: str,
    retryable: bool = False,
    seconds: int = RETRY_AFTER_SECONDS,
    for_openai: bool = False,
    param: str | None = None,
) -> Response:
    """`seconds`: after which it may be tried again, where it may. `param`: the field that it is about."""
    body = _body(code, detail, remedy=remedy, retryable=retryable)
    if for_openai:
        body = with_error(body, param)
    headers = {"Retry-After": str(seconds)} if retryable else {}
    if code == "unauthorized":
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body.model_dump(), body.status, headers=headers, media_type=MEDIA_TYPE)


def problem_of(error: ParleyError, path: str = "") -> Response:
    """`path`: where it was asked, in the words of whoever asks there."""
    return problem(
        _code(error),
        error.message,
        remedy=error.remedy,
        retryable=error.retryable,
        seconds=error.seconds if isinstance(error, RateLimited) else RETRY_AFTER_SECONDS,
        for_openai=is_spoken_at(path),
        param=error.param if isinstance(error, InvalidRequest) else None,
    )


def body_of(error: ParleyError) -> Problem:
    """For where a status has been sent already."""
    return _body(_code(error), error.message, remedy=error.remedy, retryable=error.retryable)


def example(code: str) -> dict[str, object]:
    """For the interface's document."""
    retryable = code in ("rate_limited", "overloaded", "not_ready")
    detail, remedy = "What is wrong, and with which part of the request.", "What to do about it."
    return _body(code, detail, remedy=remedy, retryable=retryable).model_dump()


def failed() -> Problem:
    """Of an error that nobody foresaw; no traceback goes out."""
    return _body("internal", FAILED, remedy=SEE_LOG, retryable=False)


def _body(code: str, detail: str, *, remedy: str, retryable: bool) -> Problem:
    return Problem(
        title=_TITLES[code],
        status=STATUS[code],
        detail=detail.encode(errors="replace").decode(),  # half a surrogate pair can't be sent
        code=code,
        remedy=remedy,
        retryable=retryable,
    )


def _code(error: ParleyError) -> str:
    return error.code if error.code in STATUS else "internal"


def install(app: FastAPI) -> None:
    @app.exception_handler(ParleyError)
    async def ours(request: Request, error: ParleyError) -> Response:
        return for_people(request, problem_of(error, _path(request)))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        kind = request.headers.get("content-type", "").partition(";")[0]
        if request.method in ("POST", "PATCH") and kind != "application/json":
            return problem(
                "unsupported_type",
                f"the body is {kind or 'of an unnamed type'}, not JSON",
                remedy="Send it with `Content-Type: application/json`.",
                for_openai=is_spoken_at(_path(request)),
            )
        example = _BODIES.get(_path(request), '{"question": "..."}')
        return problem_of(misshapen(error.errors()[0], example=example), _path(request))

    @app.exception_handler(BodyRefused)
    async def refused(request: Request, error: BodyRefused) -> Response:
        return problem_of(error.error, _path(request))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        if error.status_code == STATUS["not_found"]:
            return for_people(request, _astray(request, "not_found", "there is nothing at this address"))
        if error.status_code == STATUS["method_not_allowed"]:
            response = _astray(request, "method_not_allowed", "this address has other methods")
            response.headers["Allow"] = ", ".join(_methods_at(request))
            return response
        return problem_of(unreadable(str(error.detail), error.__cause__), _path(request))


def for_people(request: Request, refusal: Response) -> Response:
    """As a page, where a browser asks for one."""
    asks_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    if not asks_page or request.url.path.startswith("/v1/"):
        return refusal
    told = Problem.model_validate_json(bytes(refusal.body))
    remedy = _ASTRAY if told.code == "not_found" else told.remedy
    page = request.app.state.edge.pages.problem(title=told.title, detail=told.detail, remedy=remedy)
    again = {name: value for name, value in refusal.headers.items() if name == "retry-after"}
    return HTMLResponse(page, refusal.status_code, headers=again)


def _methods_at(request: Request) -> list[str]:
    """Every method that the address has; the framework names those of one route."""
    scope, routes = dict(request.scope), request.app.routes
    found = [
        method
        for method in _METHODS
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    return ["HEAD", *found] if "GET" in found else found


def _astray(request: Request, code: str, detail: str) -> Response:
    """A client of OpenAI's may ask for any route of its API, and all are below /v1."""
    path, remedy = _path(request), "/docs lists the routes, as GET /openapi.json does."
    unknown = code == "not_found" and path.startswith("/v1/")
    return problem(code, detail, remedy=remedy, for_openai=unknown or is_spoken_at(path))


def _path(request: Request) -> str:
    return str(request.scope["path"])
