"""What a person names, as sources: files, folders, patterns, archives, lines, addresses and feeds.

Nothing is passed over in silence: what isn't taken comes as a `Left`, refused or skipped, with why.
"""

from retrieval.collecting.collect import Collection, collect, is_address, read_paths
from retrieval.collecting.entries import Given, Left, Skipped
from retrieval.collecting.guard import Fetch, guarded

__all__ = [
    "Collection",
    "Fetch",
    "Given",
    "Left",
    "Skipped",
    "collect",
    "guarded",
    "is_address",
    "read_paths",
]
