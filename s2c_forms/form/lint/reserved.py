"""Words that a field id may not be, since some program that must take it as a name refuses it.

Compared in small letters. Sources: IBM SPSS Statistics, "Variable names"; SQL:2016 with what
PostgreSQL, SQLite, MySQL and SQL Server add and people might choose; R, `?Reserved`.
"""

import re

# Names that Word gives bookmarks end at 40 characters; SPSS allows 64, PostgreSQL 63.
MAX_LENGTH = 40

_SPSS = "all and by eq ge gt le lt ne not or to with"
_R = "if else repeat while function for next break true false null inf nan na in"
_SQL = """
add alter analyze any array as asc authorization between both call cascade case cast check cluster
collate column commit constraint create cross current cursor database date day declare default
delete desc distinct do drop each end escape except exec execute exists fetch file fill foreign
freeze from full glob grant group groups having identity ignore index inner insert intersect
interval into is join key keys kill lateral leading left level like limit lock match merge minus
natural no nothing notnull of off offset on only open option order outer over partition percent
plan primary print proc procedure public raise range read references release rename replace
restrict return returning revoke right rollback row rowid rows rule save schema select session set
similar some statistics table then top transaction trigger truncate union unique update use user
using vacuum values variadic verbose view virtual when where window without write year
"""
_EXCEL = """
auto_activate auto_close auto_deactivate auto_open consolidate_area criteria data_form database
extract print_area print_titles recorder sheet_title
"""
_WORDS = {"SPSS": _SPSS, "R": _R, "SQL": _SQL, "Excel": _EXCEL}
REFUSED_BY = {word: program for program, words in _WORDS.items() for word in words.split()}

# Columns that workbooks and exports have of themselves, beside one for each field; and how the
# names of hidden fields and properties start.
_OWN = """
form_id rubric rubric_version rubric_hash medium status file problems record part factor factor_text
score score_label indicator indicator_text ticked
"""
OWN_COLUMNS = frozenset(_OWN.split())
OWN_PREFIX = "s2c_"

_CELL = re.compile(r"[a-z]{1,3}[0-9]+|r[0-9]*(c[0-9]*)?|c[0-9]*")


def looks_like_a_cell(name: str) -> bool:
    """Return whether Excel takes a name for a cell's address: `F01`, `R1C1`, `C`."""
    return bool(_CELL.fullmatch(name.casefold()))
