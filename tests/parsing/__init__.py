"""Articles as people export them, and what a reader reads in them (inputs/KIND-N/expected.json)."""
