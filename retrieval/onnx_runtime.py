"""onnxruntime with its telemetry off; nothing else imports it.

Its wheels look up a server of Microsoft's as soon as a model is opened, and keep a device id and events to
be sent in the user's cache. The environment is read once, when the library is loaded, so it is set here,
just before; `disable_telemetry_events()` comes too late for the first event and the id
(https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md).
"""

import os
from pathlib import Path
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as errors

__all__ = ["errors", "ort", "quantise"]


def quantise(model: Any, target: Path, **options: Any) -> None:
    """Write `model`, an ONNX model or the path of one, with the weights of its products in eight bits."""
    # Half a second, which only a conversion needs.
    from onnxruntime.quantization import QuantType, quantize_dynamic

    kinds = ["MatMul", "Gather"]
    quantize_dynamic(model, target, op_types_to_quantize=kinds, weight_type=QuantType.QInt8, **options)
