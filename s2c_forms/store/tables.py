"""The tables that records are kept in, in words that every SQL database knows.

What can be worked out from other rows is not kept: records are made of `versions` whenever they
are asked for. JSON stands in columns of text, since databases disagree on a type for it.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

# Raised by one, and a step added to `store.opening.MIGRATIONS`, whenever a table changes.
SCHEMA_VERSION = 2

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

rubrics = Table(
    "rubrics",
    metadata,
    Column("number", Integer, primary_key=True),  # in the order in which they were met
    Column("hash", String(64), nullable=False, unique=True),
    Column("rubric", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("canonical", Text, nullable=False),
)

layouts = Table(
    "layouts",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("layout", Text, nullable=False),
)

copies = Table(
    "copies",
    metadata,
    Column("form_id", String(16), primary_key=True),
    Column("rubric_hash", ForeignKey("rubrics.hash"), nullable=False),
    Column("layout_hash", ForeignKey("layouts.hash")),
    Column("media", Text, nullable=False),
    Column("prefilled", Text, nullable=False),
)

# Digests of the names in a key; see `store.names`.
known_names = Table(
    "known_names",
    metadata,
    Column("digest", String(32), primary_key=True),
)

# One row for each content under each name: equal bytes that come back as `form (1).xlsx` are
# a second row here, and no second version.
files = Table(
    "files",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("medium", Text),
    Column("program", Text, nullable=False),
    Column("authors", Text, nullable=False),
    Column("merged_at", Text, nullable=False),
    Column("refusal", Text),
    Column("refusal_values", Text, nullable=False),
    UniqueConstraint("sha256", "name"),
)

# What one form in one file said, as it was judged when it was read. `identity` is a digest of the
# answers that tell whose conversation it is; empty where one of them is missing.
versions = Table(
    "versions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("place", Integer, nullable=False),
    Column("form_id", String(16), nullable=False, index=True),
    Column("identity", String(64), nullable=False, index=True),
    Column("rubric_hash", ForeignKey("rubrics.hash"), nullable=False),
    Column("medium", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("problems", Text, nullable=False),
    Column("evidence", Text, nullable=False),  # what stood there word for word, and where
    # On paper: the pages that were read and those that lack.
    Column("sheets", Text, nullable=False, server_default="[]"),
    Column("absent", Text, nullable=False, server_default="[]"),
    UniqueConstraint("sha256", "place"),
)

# What became of each page of a scan; `number` counts in the file, `sheet` on the form.
pages = Table(
    "pages",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("form_id", String(16), nullable=False),
    Column("sheet", Integer, nullable=False),
    Column("reason", Text),
    Column("reason_values", Text, nullable=False),
)

# Pictures of single answers, cut out of the page of a scan.
pictures = Table(
    "pictures",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("field_id", String(128), primary_key=True),
    Column("png", LargeBinary, nullable=False),
)

# What people decided, in order. `value` is JSON: null where there is no answer.
decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("known", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("form_ids", Text, nullable=False),
    Column("field_id", Text),
    Column("code", Text, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("value", Text, nullable=False),
    Column("source", String(16), nullable=False),
    Column("made_at", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("book", String(64), nullable=False),
)

# What people typed into the workbook that settles nothing yet.
notes = Table(
    "notes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("known", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("form_ids", Text, nullable=False),
    Column("field_id", Text),
    Column("code", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("typed", Text, nullable=False),
    Column("problem", Text, nullable=False),
    Column("remark", Text, nullable=False),
)

# What was decided and when, for people to read. Rows are added, and never changed.
log = Table(
    "log",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("made_at", Text, nullable=False),
    Column("form_ids", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("field_id", Text),
    Column("code", Text, nullable=False),
    Column("event", String(16), nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("remark", Text, nullable=False),
)

# Files that are read again when they come back: their answers are known from a workbook only, or
# they weren't read to their end.
rebuilt = Table(
    "rebuilt",
    metadata,
    Column("sha256", String(64), primary_key=True),
)

# The forms that are expected: the roster that was given last, a row each.
roster = Table(
    "roster",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("head", Text, nullable=False),
)
