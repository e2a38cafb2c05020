"""Read all rows of a table of the server's database, and empty the database."""

from sqlalchemy import Engine, Table, select

from minisrv.app import Resources
from minisrv.db.models import Base
from minisrv.settings import Settings

NEW = "sqlite://"  # a database in memory: each engine has one of its own, empty at first


def open_empty(settings: Settings) -> Resources:
    """Return the open Resources of an app, with no row in any table of the database."""
    shared = Resources.open(settings)
    if settings.database_url != NEW:
        empty(shared.engine)
    return shared


def empty(engine: Engine) -> None:
    """Remove all rows of all tables."""
    Base.metadata.drop_all(engine)  # dropping starts the ids again from 1; deleting does not
    Base.metadata.create_all(engine)


def read_rows(engine: Engine, name: str) -> list[dict[str, object]]:
    """Return the rows of the table `name` in order of id, or raise ValueError with the names."""
    table = _table(name)
    with engine.connect() as connection:
        rows = connection.execute(select(table).order_by(*table.primary_key))
        return [dict(row) for row in rows.mappings()]


def columns(name: str) -> list[str]:
    """Return the names of the columns of the table `name`, or raise ValueError as above."""
    return list(_table(name).columns.keys())


def _table(name: str) -> Table:
    tables = Base.metadata.tables
    if name not in tables:
        raise ValueError(f"There is no table {name!r}; there are {', '.join(tables)}.")
    return tables[name]
