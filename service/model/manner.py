"""How a chat-completions endpoint is asked: with what it takes of structured output, of counted tokens and
of a steady temperature. Servers differ, and say so by declining; then less is asked for."""

from dataclasses import dataclass, replace
from typing import Any

from service.model.language_model import Schema

_BY_SCHEMA, _AS_JSON, _FREELY = range(3)
_FORM = ("response_format", "json_schema", "json_object", "grammar")
_COUNTED = ("stream_options", "include_usage")
_STEADY = ("temperature",)


@dataclass(frozen=True, slots=True)
class Manner:
    """The richest by default."""

    form: int = _BY_SCHEMA
    counted: bool = True
    steady: bool = True

    @staticmethod
    def plainest() -> "Manner":
        return Manner(_FREELY, counted=False, steady=False)

    def fields(self, schema: Schema | None) -> dict[str, Any]:
        """What goes into the request beside the messages."""
        fields: dict[str, Any] = {}
        if schema is not None and self.form == _BY_SCHEMA:
            form = {"name": "answer", "schema": dict(schema), "strict": True}
            fields["response_format"] = {"type": "json_schema", "json_schema": form}
        elif schema is not None and self.form == _AS_JSON:
            fields["response_format"] = {"type": "json_object"}
        if self.counted:
            fields["stream_options"] = {"include_usage": True}
        if self.steady:
            fields["temperature"] = 0
        return fields

    def plainer(self, told: str, *, formed: bool, blind: bool) -> "Manner | None":
        """Without what the endpoint named as it declined; where it named nothing, and one may go on `blind`,
        without one thing after the other. None: there is nothing to leave out."""
        if self.counted and _names(told, _COUNTED):
            return replace(self, counted=False)
        if self.steady and _names(told, _STEADY):
            return replace(self, steady=False)
        formed = formed and self.form < _FREELY
        if formed and (blind or _names(told, _FORM)):
            return replace(self, form=self.form + 1)
        if blind and (self.counted or self.steady):
            return replace(self, counted=False, steady=False)
        return None


def _names(told: str, names: tuple[str, ...]) -> bool:
    return any(name in told for name in names)
