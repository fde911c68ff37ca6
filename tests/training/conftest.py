import pytest
from tokenizers import Tokenizer

from retrieval import model_files
from retrieval.model_download import TOKENIZER


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    read = Tokenizer.from_file(str(model_files.default_dir() / TOKENIZER))
    read.no_truncation()
    read.no_padding()
    return read
