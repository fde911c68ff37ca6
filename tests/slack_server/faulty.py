"""What goes wrong in the fake, as it is told."""

from tests.slack_server.state import Fault, State


class Faulty:
    state: State

    def fail(
        self,
        method: str,
        error: str | None = None,
        *,
        times: int = 1,
        status: int = 200,
        delay: float = 0.0,
        lost: bool = False,
    ) -> None:
        """The next calls of a method fail with an error code of Slack's or an HTTP status, come late, or
        are done with the answer lost on its way (`lost`)."""
        fault = Fault(error, status, None, delay, lost)
        self.state.faults.setdefault(method, []).extend([fault] * times)

    def limit(self, method: str, *, retry_after: int = 1, times: int = 1) -> None:
        """The next calls of a method are answered 429."""
        fault = Fault("ratelimited", 429, retry_after)
        self.state.faults.setdefault(method, []).extend([fault] * times)

    def enforce_rates(self) -> None:
        """From now on about one message a second a channel."""
        self.state.rates = True

    def refuse_streaming(self) -> None:
        self.state.streaming = False

    def end_streams_after(self, appends: int | None) -> None:
        """A stream takes so many appends; the next one finds it ended, as an idle one would."""
        self.state.stream_life = appends

    def end_streams(self) -> None:
        """Every open stream ends now."""
        with self.state.lock:
            for (team, _, _), message in list(self.state.messages.items()):
                if message.stream == "streaming":
                    self.state.change(team, message, stream="stopped")
