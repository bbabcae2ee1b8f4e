"""The walk over every table, every column and every file of the nights: what still speaks of somebody."""

from pathlib import Path

import pyarrow.parquet as pq
from django.db import connections
from psycopg import sql


def in_database(*words: str) -> list[str]:
    """Every column of every table in which one of these stands, in any letter case or spacing."""
    found: list[str] = []
    likenesses = [f"%{word}%" for word in words]
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """SELECT c.table_name, array_agg(c.column_name::text) FROM information_schema.columns c
               JOIN information_schema.tables t USING (table_schema, table_name)
               WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' GROUP BY 1 ORDER BY 1"""
        )
        for table, columns in cursor.fetchall():
            cursor.execute(_asked(table, columns), [likenesses] * len(columns))
            told = zip(columns, cursor.fetchone(), strict=True)
            found += [f"{table}.{column}" for column, says in told if says]
    return found


def _asked(table: str, columns: list[str]) -> sql.Composed:
    """Ask a table once about all its columns: there are some 2,500."""
    each = sql.SQL("bool_or(upper(replace({}::text, ' ', '')) LIKE ANY (%s))")
    asked = sql.SQL(", ").join(each.format(sql.Identifier(column)) for column in columns)
    return sql.SQL("SELECT {} FROM {}").format(asked, sql.Identifier(table))


def in_files(folder: Path, *words: str) -> list[str]:
    """The same in the files that nights keep between them."""
    found = []
    for path in folder.rglob("*"):
        if path.suffix == ".parquet":
            said = str(pq.read_table(path).to_pydict()).upper()
        elif path.suffix == ".arrow":
            said = path.read_bytes().decode("latin-1").upper()
        elif path.is_file():
            said = path.read_text().upper()
        else:
            continue
        found += [f"{path.name}: {word}" for word in words if word in said.replace(" ", "")]
    return found
