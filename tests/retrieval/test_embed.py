import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import embed, model_files
from retrieval.errors import EmbeddingError, ModelFileError

MODEL = embed.load(model_files.default_dir(), threads=2) if False else None
