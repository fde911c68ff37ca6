"""Errors of the service, beside those of retrieval/errors.py, from whose root they come.

ParleyError
├── SettingsError           a setting that cannot be; Parley refuses to start
├── PortTaken
├── InvalidRequest          422
├── BadRequest              400, no Host header or several
├── TooLarge                413
├── TooSlow                 408, a body that didn't arrive in time
├── Unauthorized            401
├── Forbidden               403 (Host, Origin, or what a key isn't good for)
├── ExportRefused           what is there already isn't written over
├── KeyRefused              a key that can't be made, or isn't there
├── AnswerNotFound          404
├── ConversationNotFound    404
├── ModelNotFound           404, of OpenAI's API
├── RequestConflict         409
├── RateLimited             429
├── Overloaded              503
├── Stopping                503
├── ServiceUnreachable      the command line found no service where one should be
├── ServiceRefused          the service answered the command line with a problem
│   └── ServiceLacks        what was asked for is not there
├── SlackRefused            Slack answered a call with an error (`reason`), and did nothing
│   └── NotInstalled        there is no token of that workspace to call with
└── SlackUnreachable        no answer, or none that tells whether it was done
"""

from retrieval.errors import ParleyError


class SettingsError(ParleyError):
    code = "settings"


class PortTaken(ParleyError):
    code = "port_taken"


class InvalidRequest(ParleyError):
    """`param`: the field of the request that it is about, where it is about one."""

    code = "invalid_request"

    def __init__(self, message: str, *, remedy: str, param: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.param = param


class BadRequest(ParleyError):
    code = "bad_request"


class TooLarge(ParleyError):
    code = "too_large"


class TooSlow(ParleyError):
    code = "timeout"


class Unauthorized(ParleyError):
    code = "unauthorized"


class Forbidden(ParleyError):
    code = "forbidden"


class KeyRefused(ParleyError):
    code = "key_refused"


class ExportRefused(ParleyError):
    code = "export_refused"


class AnswerNotFound(ParleyError):
    code = "not_found"


class ConversationNotFound(ParleyError):
    code = "not_found"


class ModelNotFound(ParleyError):
    code = "model_not_found"


class RequestConflict(ParleyError):
    code = "conflict"


class RateLimited(ParleyError):
    """`seconds`: until a request is taken again, a whole number."""

    code = "rate_limited"
    retryable = True

    def __init__(self, message: str, *, remedy: str, seconds: int) -> None:
        super().__init__(message, remedy=remedy)
        self.seconds = seconds


class Overloaded(ParleyError):
    code = "overloaded"
    retryable = True


class Stopping(ParleyError):
    code = "not_ready"
    retryable = True


class ServiceUnreachable(ParleyError):
    code = "not_ready"
    retryable = True


class ServiceRefused(ParleyError):
    code = "refused"


class ServiceLacks(ServiceRefused):
    pass


class SlackRefused(ParleyError):
    code = "slack_refused"

    def __init__(self, method: str, reason: str) -> None:
        super().__init__(
            f"Slack refused {method}: {reason}", remedy=f"Look {reason} up in Slack's documentation."
        )
        self.reason = reason


class NotInstalled(SlackRefused):
    def __init__(self, team: str) -> None:
        super().__init__(f"any call in the workspace {team}", "not_installed")


class SlackUnreachable(ParleyError):
    code = "slack_unreachable"
    retryable = True
