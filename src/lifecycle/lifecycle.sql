-- The law of a domain's life. The rules are tables in lifecycle_rules.c; here are their SQL faces.

-- A grace period that runs: its kind, its end, the ledger entry a delete gives back, the years it takes back.
CREATE TYPE dos.grace AS (kind text, ends_at timestamptz, entry_id bigint, years int);
COMMENT ON TYPE dos.grace IS 'a running grace period: add, autorenew, renew or transfer; what a delete in it refunds (ledger entry) and takes back (years)';

-- What is stored about one domain's life: all that the projection reads besides its zone's policies.
CREATE TYPE dos.lifecycle_facts AS (
    statuses text[], expires_at timestamptz, deleted_at timestamptz, restore_at timestamptz, transfer_at timestamptz,
    transfer_years int, graces dos.grace[], has_hosts boolean, began_at timestamptz, expired_at timestamptz, autorenew boolean,
    unpaid_until timestamptz, unpaid_expires_at timestamptz, pending text, pending_until timestamptz, pending_approved boolean,
    release_at timestamptz, draw int
);
COMMENT ON TYPE dos.lifecycle_facts IS
    'stored facts of a domain''s life: statuses set, expiry, delete, restore and transfer that pend, running graces, name servers, when it began and '
    'expired, whether it renews itself, years not yet paid, a create or update that waits, its instant or lot of release';

CREATE TYPE dos.domain_state AS (
    registered     boolean,
    statuses       text[],
    rgp_statuses   text[],
    rgp_ends_at    timestamptz[],
    expires_at     timestamptz,
    renewals       int,
    transferred    boolean,
    absorbed       boolean,
    restore_lapsed boolean,
    deleted_at     timestamptz,
    delegated      boolean,
    next_event_at  timestamptz,
    expired        boolean,
    expired_at     timestamptz,
    parked         boolean,
    lapsed         boolean,
    settled        boolean,
    purge_at       timestamptz
);
COMMENT ON TYPE dos.domain_state IS
    'what a domain is at an instant: EPP and RGP statuses, expiry (NULL: never), delegation, next event, whether it has expired and is kept or parked, '
    'when it becomes free, and what is due and not yet written: automatic renewals, a transfer that has completed by itself (and absorbed a renewal), '
    'a restore or an unpaid renewal that lapsed, a pending create or update settled';

CREATE FUNCTION dos.lifecycle_project(facts dos.lifecycle_facts, policies dos.lifecycle_policy[], at timestamptz) RETURNS dos.domain_state
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_lifecycle_project';
COMMENT ON FUNCTION dos.lifecycle_project(dos.lifecycle_facts, dos.lifecycle_policy[], timestamptz) IS
    'the state of a domain at an instant, from stored facts and the zone''s policies alone, the last of which has no end (RFC 5731 section 2.3, RFC 3915 section 3)';

CREATE FUNCTION dos_internal.zone_period(zone_id int, period text, at timestamptz) RETURNS interval
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_zone_period';
COMMENT ON FUNCTION dos_internal.zone_period(int, text, timestamptz) IS 'how long a grace or pending period of a zone is that begins at an instant; kept per backend';

CREATE FUNCTION dos.lifecycle_statuses(OUT status text, OUT set_by text, OUT prohibits text[], OUT withholds boolean, OUT displaces text[])
RETURNS SETOF record
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_lifecycle_statuses';
COMMENT ON FUNCTION dos.lifecycle_statuses() IS
    'the table of statuses: who sets each, which verbs it prohibits, whether it withholds the delegation, which statuses may not stand beside it (RFC 5731 section 2.3)';

CREATE FUNCTION dos.lifecycle_refusal(verb text, statuses text[]) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_lifecycle_refusal';
COMMENT ON FUNCTION dos.lifecycle_refusal(text, text[]) IS
    'the status that prohibits update, delete, renew or transfer, or NULL when none does (RFC 5731 section 2.3)';

CREATE FUNCTION dos.lifecycle_transitions(OUT phase text, OUT next_phase text, OUT by text, OUT what text) RETURNS SETOF record
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_lifecycle_transitions';
COMMENT ON FUNCTION dos.lifecycle_transitions() IS
    'the phases of a domain''s life and what leads from one to the next: a command, the registry, or a period of the zone that is over';

-- The phase of a state, in the words of the table.
CREATE FUNCTION dos.lifecycle_phase(state dos.domain_state) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN state IS NULL OR NOT (state).registered THEN 'free'
            WHEN (state).statuses && '{pendingCreate}' THEN 'pendingCreate'
            WHEN (state).rgp_statuses && '{pendingRestore}' THEN 'pendingRestore'
            WHEN (state).rgp_statuses && '{redemptionPeriod}' THEN 'redemption'
            WHEN (state).statuses && '{pendingDelete}' THEN 'pendingDelete'
            WHEN (state).expired THEN 'expired'
            WHEN (state).statuses && '{pendingTransfer}' THEN 'pendingTransfer'
            WHEN (state).statuses && '{pendingUpdate}' THEN 'pendingUpdate'
            WHEN (state).rgp_statuses && '{addPeriod}' THEN 'add'
            WHEN (state).rgp_statuses && '{autoRenewPeriod}' THEN 'autorenew'
            ELSE 'registered' END;
COMMENT ON FUNCTION dos.lifecycle_phase(dos.domain_state) IS 'the phase of dos.lifecycle_transitions() that a domain is in: the one that says most about what comes next';
