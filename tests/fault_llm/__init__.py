"""A scripted server on loopback that speaks the OpenAI chat API, honestly or not.

What goes wrong on the wire and what the model says are chosen apart: `faults.py` registers the first,
`speakers.py` the second.

    with FaultServer("cut", says="echo") as server:
        ...  # server.url, server.received, server.enqueue("429", "whole")

By hand: `python -m tests.fault_llm --help`.
"""

from tests.fault_llm import answers, shapes
from tests.fault_llm.exchange import Exchange, Received
from tests.fault_llm.faults import FAULTS, Fault, fault
from tests.fault_llm.server import FaultServer
from tests.fault_llm.speakers import SPEAKERS, Speaker, speaker

__all__ = [
    "FAULTS",
    "SPEAKERS",
    "Exchange",
    "Fault",
    "FaultServer",
    "Received",
    "Speaker",
    "answers",
    "fault",
    "shapes",
    "speaker",
]
