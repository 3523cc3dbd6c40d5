"""What airflow-dev adds to Airflow, which imports a module of this name where it finds one: it makes do with SQLite."""

from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine


@event.listens_for(Engine, "savepoint")
def wait_for_other_writers(connection: Connection, _name: Any) -> None:
    """Has a transaction that begins with a savepoint wait for its turn to write.

    It would begin by reading; and SQLite refuses the first write of one that has read what somebody has changed since, at once
    and however long it may wait: "database is locked". A backfill that is created beside a busy scheduler ended so.
    """
    if connection.dialect.driver == "pysqlite" and not connection.connection.dbapi_connection.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
