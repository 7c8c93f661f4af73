"""What writing and reading share: the columns of the form, and what marks a place in it.

A field's cell is found in two ways. Its defined name, the field's id, follows inserted rows and
renamed sheets. Column A, hidden, holds the field's id in the row of its answer, and row 1, hidden,
marks the column of answers: these two travel along where cells are pasted into another workbook.
"""

import re

ANCHOR, NUMBER, TEXT, ANSWER, HINT = range(5)  # columns A to E
MARKS = 0  # the hidden row
FIELD_MARK = "s2c_field"
ANSWER_MARK = "s2c_answer"
STAMP_SHEET = "s2c"
MASTER_PROPERTY = "s2c_master"
PART_PROPERTY = "s2c_part_of"  # a master's part, which is made to be read only
TICK_SYMBOLS = ("☐", "☑")


def cell_name(row: int, column: int) -> str:
    """Return a cell as people write it: row 17 and column 3, counted from 0, are `D18`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def cell_of(name: str) -> tuple[int, int]:
    """Return row and column, counted from 0, of a cell as people write it; the first if unclear."""
    found = re.match(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})", name)
    return (int(found[2]) - 1, column_number(found[1])) if found else (0, 0)


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 0, by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
