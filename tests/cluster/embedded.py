"""What `make test-cluster` leaves out, and why: tests of what only a data directory has, and of what has
neither record nor index and runs alike wherever these are."""

from collections.abc import Iterable

_FILES = "of SQLite's file and of what lies beside it"
_BYTES = "of the bytes in the data directory's files, which servers keep as they will (docs/cluster.md)"
_LOCK = "of the lock of a data directory, which nobody takes here"
_BESIDE = "a command goes beside the services here, not through the one that holds a data directory"
_OWN = "it keeps a corpus of its own in a folder, whatever the settings are"

EMBEDDED = {
    "tests/retrieval/test_backup.py": _FILES,
    "tests/retrieval/test_database.py": _FILES,
    "tests/retrieval/test_identity.py": _FILES,
    "tests/retrieval/test_migrations.py": _FILES,
    "tests/retrieval/test_probe.py": _FILES,
    "tests/retrieval/test_corpus.py": _FILES,
    "tests/retrieval/test_lock.py": _LOCK,
    "tests/retrieval/test_erasure.py": _BYTES,
    "tests/retrieval/test_ledger.py::test_they_go_when_the_text_goes": _BYTES,
    "tests/retrieval/test_ingest.py::test_an_index_that_is_away_fails_one_and_takes_the_next": _FILES,
    "tests/retrieval/test_maintain.py::test_a_rebuild_that_dies_leaves_the_old_index_in_use": _FILES,
    "tests/service/test_erasing.py": _BYTES,
    "tests/service/slack/test_deliveries.py::test_a_process_without_slack": _BYTES,
    "tests/service/slack/test_installing.py::test_no_token_stands_in_the_record": _BYTES,
    "tests/service/terminal/test_backup.py": _FILES,
    "tests/service/terminal/test_keys.py::test_looking_makes_no_data_directory": _FILES,
    "tests/service/terminal/test_cli.py::test_the_index_is_checked_and_rebuilt": _FILES,
    "tests/service/terminal/test_cli.py::test_a_folder_that_cannot_be_written_to_is_named": _FILES,
    "tests/service/terminal/test_cli.py::test_asking_goes_through_the_service": _BESIDE,
    "tests/service/terminal/test_cli.py::test_the_wrong_key_is_said_to_be": _BESIDE,
    "tests/service/terminal/test_cli.py::test_what_needs_the_directory_for_itself": _LOCK,
    "tests/service/desk/test_desk.py::test_a_directory_held_by": _LOCK,
    "tests/service/desk/test_desk.py::test_a_service_that_was_starting": _LOCK,
    "tests/service/http/test_serve.py::test_a_port_taken_by_parley_itself": _LOCK,
    "tests/evals": _OWN,
    "tests/benchmarks": _OWN,
    "tests/training": _OWN,
    "tests/service/talk": _OWN,
    "tests/cluster": "it starts servers of its own",
    "tests/end_to_end/test_full_disk.py": _FILES,
    "tests/end_to_end/test_offline.py": "it has no network, not even these servers",
    "tests/end_to_end/test_outgoing.py": "it asks nobody beyond itself, not even these servers",
}

NEITHER = (
    "tests/fault_llm",
    "tests/parsing",
    "tests/patterns",
    "tests/prompts",
    "tests/retrieval/collecting",
    "tests/retrieval/formats",
    "tests/service/answering",
    "tests/service/conversation",
    "tests/service/english",
    "tests/service/model",
    "tests/slack_server",
)
_PLACE = "make_settings"  # the fixture behind every one that has a record


def left_out(nodeid: str, fixtures: Iterable[str]) -> bool:
    """`fixtures`: all that the test needs."""
    return nodeid.startswith(tuple(EMBEDDED)) or (nodeid.startswith(NEITHER) and _PLACE not in fixtures)
