"""Every error that retrieval raises on purpose.

    ParleyError                     message, remedy; code and retryable are facts of the class
    ├── SourceError                 this input cannot become an article
    │   ├── UnreadableSource        empty, binary, undecodable
    │   ├── UnsupportedSource       a type for which there is no reader
    │   ├── SourceTooLarge
    │   ├── TooMuchWork             reading it takes more time or memory than one article may
    │   ├── ReadingFailed           a fault of Parley's own or of a package's reader came up
    │   └── Overtaken               a later change of the same article came first
    ├── ArticleNotFound
    │   ├── ArticleDeleted          it was here, and what answers cite of it still is
    │   └── ArticleWithdrawn        it was here, and its text was erased
    ├── DataDirectoryError          the data directory cannot be used
    │   ├── DataDirectoryLocked     another process holds it (`holder`)
    │   ├── SchemaTooNew            written by a newer Parley
    │   ├── RecordDamaged           a file that is no database, or no longer a whole one
    │   ├── RecordUnreachable       PostgreSQL, which holds the record, isn't there or refuses
    │   ├── RecordLost              an index without its record
    │   ├── ForeignIndex            record and index are of two corpora
    │   ├── RecordInUse             another reads the record for long: what was deleted is still in its file
    │   ├── BackupError             this file can't be written as a backup, or isn't one
    │   └── StorageFull
    ├── PackageFault                what an installed package adds can't be used
    ├── ParserUnavailable           no process to read articles can be started, or it was stopped
    ├── ModelFileError              an embedding model file is missing or damaged
    ├── EmbeddingError              the embedder gave something that isn't an embedding
    ├── IndexUnavailable            the index did not answer in time, or at all
    └── IndexMismatch               the index was made by another embedding model

A foreign error (Chroma's, SQLAlchemy's, the operating system's) is translated where it enters, `from exc`.
"""

from dataclasses import dataclass
from typing import ClassVar


class ParleyError(Exception):
    """`message` names the thing and what is wrong with it; `remedy` says what to do."""

    code: ClassVar[str] = "internal"
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class SourceError(ParleyError):
    code = "invalid_request"


class UnreadableSource(SourceError):
    pass


class UnsupportedSource(SourceError):
    code = "unsupported_type"


class SourceTooLarge(SourceError):
    code = "too_large"


class TooMuchWork(SourceError):
    pass


class ReadingFailed(SourceError):
    code = "internal"


class Overtaken(SourceError):
    code = "conflict"


class ArticleNotFound(ParleyError):
    code = "not_found"


class ArticleDeleted(ArticleNotFound):
    pass


class ArticleWithdrawn(ArticleNotFound):
    code = "withdrawn"


class DataDirectoryError(ParleyError):
    code = "not_ready"


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds a data directory. `url` is where it serves, if it does."""

    pid: int
    command: str
    url: str | None


class DataDirectoryLocked(DataDirectoryError):
    def __init__(self, message: str, *, remedy: str, holder: Holder | None) -> None:
        super().__init__(message, remedy=remedy)
        self.holder = holder


class SchemaTooNew(DataDirectoryError):
    pass


class RecordDamaged(DataDirectoryError):
    pass


class RecordUnreachable(DataDirectoryError):
    retryable = True


class RecordLost(DataDirectoryError):
    pass


class ForeignIndex(DataDirectoryError):
    pass


class RecordInUse(DataDirectoryError):
    retryable = True


class BackupError(DataDirectoryError):
    pass


class StorageFull(DataDirectoryError):
    code = "storage_full"
    retryable = True


class PackageFault(ParleyError):
    code = "not_ready"


class ParserUnavailable(ParleyError):
    code = "not_ready"
    retryable = True


class ModelFileError(ParleyError):
    code = "not_ready"


class EmbeddingError(ParleyError):
    code = "not_ready"


class IndexUnavailable(ParleyError):
    code = "not_ready"
    retryable = True


class IndexMismatch(ParleyError):
    code = "not_ready"
