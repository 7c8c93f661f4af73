"""Every way a form goes wrong, as one table: what came back, how it is made, what it must lead to.

    Case("one score taken out", ".pdf", changed(...), Asks("f01_score", "place_lost"))

A case leads to one of these ends, and `check` looks at all of them in the same way:

- `Same`: every form in the file says what was filled in, field by field, and nothing is asked;
- `Asks`: one question, on that field, and every other field says what was filled in;
- `Mixed`: two forms in one file that can't be told apart: each field in which they differ is asked;
- `OnPaper`: printed to a file, so read as paper: marks hold, and each text that was typed is asked;
- `SameOrRefused`: a few bytes lost at an end that may be padding;
- `Refused`: not read, with a reason and a mend in both languages, and a batch keeps its good file.

The rows stand by what they are about: `pdf_cases`, `sheet_cases`, `word_cases`, `text_cases`,
`hostile_cases`, `cuts`; `table` has them all. What fills forms in stands in `tests/programs`, what
changes them in modules beside the rows; hostile files on paper in `tests/media/scan/hostile.py`.

To add a case, write its row. It is then read on its own, while a trap waits for what it would run
or fetch; and what is refused is read and merged in one folder with a good form.
"""
