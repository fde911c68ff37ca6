"""Errors of the eval suite, from the root that all of Parley's share.

ParleyError
├── SuiteError          a suite folder that cannot be used: exit code 2
├── ResultsError        a results folder that cannot be used: exit code 2
├── RecordingError      recorded replies that cannot be read or written: exit code 2
│   └── ReplyMissing    a replay asks for what was not recorded
├── ModelNeeded         no language model is named, or it doesn't fit what is asked for: exit code 2
└── TargetUnreachable   the service under test did not answer: exit code 3
"""

from retrieval.errors import ParleyError


class SuiteError(ParleyError):
    code = "suite"


class ResultsError(ParleyError):
    code = "results"


class RecordingError(ParleyError):
    code = "recording"


class ReplyMissing(RecordingError):
    code = "reply_missing"


class ModelNeeded(ParleyError):
    code = "model_needed"


class TargetUnreachable(ParleyError):
    code = "target_unreachable"
    retryable = True
