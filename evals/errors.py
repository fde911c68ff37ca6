"""Errors of the eval suite, from the root that all of Parley's share.

ParleyError
├── SuiteError          a suite folder that cannot be used: exit code 2
├── ResultsError        a results folder that cannot be used: exit code 2
└── TargetUnreachable   the service under test did not answer: exit code 3
"""

from retrieval.errors import ParleyError


class SuiteError(ParleyError):
    code = "suite"


class ResultsError(ParleyError):
    code = "results"


class TargetUnreachable(ParleyError):
    code = "target_unreachable"
    retryable = True
