-- The law of a domain's life. The rules are tables in lifecycle_rules.c; here are their SQL faces.

-- A grace period that runs: its kind, its end, the ledger entry a delete gives back, the years it takes back.
CREATE TYPE dos.grace AS (kind text, ends_at timestamptz, entry_id bigint, years int);
COMMENT ON TYPE dos.grace IS 'a running grace period: add, autorenew, renew or transfer; what a delete in it refunds (ledger entry) and takes back (years)';

CREATE TYPE dos.domain_state AS (
    registered    boolean,
    statuses      text[],
    rgp_statuses  text[],
    rgp_ends_at   timestamptz[],
    expires_at    timestamptz,
    renewals      int,
    deleted_at    timestamptz,
    delegated     boolean,
    next_event_at timestamptz
);
COMMENT ON TYPE dos.domain_state IS
    'what a domain is at an instant: EPP and RGP statuses, expiry, automatic renewals due and not yet written, delegation, next event';

CREATE FUNCTION dos.lifecycle_project(statuses text[], expires_at timestamptz, deleted_at timestamptz, graces dos.grace[],
                                      has_hosts boolean, autorenew boolean, autorenew_grace interval, redemption interval,
                                      pending_delete interval, at timestamptz)
RETURNS dos.domain_state
LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_lifecycle_project';
COMMENT ON FUNCTION dos.lifecycle_project(text[], timestamptz, timestamptz, dos.grace[], boolean, boolean, interval, interval, interval, timestamptz) IS
    'the state of a domain at an instant, from stored facts and the zone''s policy alone (RFC 5731 section 2.3, RFC 3915 section 3)';

CREATE FUNCTION dos.lifecycle_statuses(OUT status text, OUT set_by text, OUT prohibits text[], OUT withholds boolean)
RETURNS SETOF record
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_lifecycle_statuses';
COMMENT ON FUNCTION dos.lifecycle_statuses() IS
    'the table of statuses: who sets each, which verbs it prohibits, whether it withholds the delegation (RFC 5731 section 2.3)';

CREATE FUNCTION dos.lifecycle_refusal(verb text, statuses text[]) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_lifecycle_refusal';
COMMENT ON FUNCTION dos.lifecycle_refusal(text, text[]) IS
    'the status that prohibits update, delete, renew or transfer, or NULL when none does (RFC 5731 section 2.3)';
