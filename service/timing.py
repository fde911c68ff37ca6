from retrieval.timing import Timings

__all__ = ["Timings"]
