"""airflow-dev's SQLite: who writes later waits and is not refused."""

import importlib
import sys
import threading

import pytest
from conftest import DAGS
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError


@pytest.fixture
def settings():
    sys.path.insert(0, str(DAGS / "retort_airflow" / "sqlite"))
    module = importlib.import_module("airflow_local_settings")
    yield module
    if event.contains(Engine, "savepoint", module.wait_for_other_writers):
        event.remove(Engine, "savepoint", module.wait_for_other_writers)
    del sys.modules["airflow_local_settings"]
    sys.path.pop(0)


def savepoint_that_reads_and_then_writes_while_another_writes(path):
    engine = create_engine(f"sqlite:///{path}?timeout=60")
    with engine.begin() as first:
        first.execute(text("PRAGMA journal_mode=WAL"))
        first.execute(text("CREATE TABLE runs (name TEXT)"))

    def another():
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO runs VALUES ('another')"))

    writer = threading.Thread(target=another)
    with engine.connect() as connection, connection.begin_nested():
        connection.execute(text("SELECT * FROM runs")).all()
        writer.start()
        writer.join(0.5)
        connection.execute(text("INSERT INTO runs VALUES ('mine')"))
        connection.commit()
    writer.join()
    with engine.connect() as connection:
        return sorted(connection.execute(text("SELECT name FROM runs")).scalars())


def test_a_savepoint_waits_for_its_turn_to_write(settings, tmp_path):
    assert savepoint_that_reads_and_then_writes_while_another_writes(tmp_path / "a.db") == ["another", "mine"]


def test_without_it_sqlite_refuses_it_at_once(settings, tmp_path):
    event.remove(Engine, "savepoint", settings.wait_for_other_writers)
    with pytest.raises(OperationalError, match="database is locked"):
        savepoint_that_reads_and_then_writes_while_another_writes(tmp_path / "b.db")
