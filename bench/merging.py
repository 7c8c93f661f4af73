"""Rows about merging, the store, the workbook, and making forms."""

from bench.rows import Row

ROWS: tuple[Row, ...] = ()
