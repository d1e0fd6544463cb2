"""What several processes say to their PostgreSQL within a turn."""


def _changes(json: str) -> str:
    """What makes edits, up to its last part.

    All rows come as one JSON: arrays would be written by Python, row by row. Nothing tells the planner how
    few rows a JSON has, and it would read the whole table for them: LIMIT lets it look up each by the index.
    """
    return f"""
WITH given AS (
    SELECT %(edits)s::text AS said
), edits AS (
    SELECT edit->>'space' AS space, edit->'gone' AS gone, edit->'come' AS come
    FROM given, {json}_array_elements(given.said::{json}) AS edit
), gone AS (
    DELETE FROM smslab_entries WHERE place = ANY (ARRAY(
        SELECT old.place FROM edits, {json}_array_elements(edits.gone) AS row, LATERAL (
            SELECT place FROM smslab_entries AS one
            WHERE one.space = edits.space AND one.kind = row->>0 AND one.key = row->>1 LIMIT 1
        ) AS old
    ))
), come AS (
    INSERT INTO smslab_entries (space, kind, key, body)
    SELECT edits.space, row->>0, row->>1, row->>2
    FROM edits, {json}_array_elements(edits.come) AS row
    ON CONFLICT (space, kind, key) DO UPDATE SET body = excluded.body
)"""


WRITE = f"{_changes('json')} SELECT 1"
"""Makes edits, of whatever size."""

STORE = (
    f"{_changes('jsonb')}, logged AS (INSERT INTO smslab_log SELECT %(version)s, %(author)s, said FROM given)"
    " UPDATE smslab_head SET version = %(version)s"
)
"""Makes edits, notes them for the others, and counts the transaction."""

NOTE = (
    "WITH logged AS (INSERT INTO smslab_log VALUES (%(version)s, %(author)s, %(edits)s))"
    " UPDATE smslab_head SET version = %(version)s"
)
"""Does the rest where edits were made in steps."""

PLANNING = "SET jit = off; SET enable_seqscan = off"
"""How statements are planned that are kept for as long as the connection.

As the planner takes every JSON for a hundred rows, it would have machine code made of them, which takes fifty
times what the turn does; and a plan of when the tables were empty would read them whole for each row.
"""

BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
LOCK = "SELECT version FROM smslab_head FOR UPDATE"
MISSED = "SELECT author, edits FROM smslab_log WHERE version > {} ORDER BY version"
ROWS = "SELECT kind, key, body FROM smslab_entries WHERE space = %s ORDER BY place"
CLEAR = "DELETE FROM smslab_entries WHERE space = %(space)s AND kind = ANY(%(kinds)s::text[])"
