"""Trains the reader that retrieval/reader.py runs. Needs torch, which nothing that serves does."""
