-- What staff did, and why: insert-only, each row sealed with the digest of the one before it, so that nobody can
-- change, remove or slip in one without dos.audit_verify() saying where.

CREATE TABLE dos.audit (
    id          bigint CONSTRAINT audit_pkey PRIMARY KEY,
    happened_at timestamptz NOT NULL DEFAULT dos.now(),
    role        text NOT NULL,
    staff       text NOT NULL CONSTRAINT audit_staff_form CHECK (length(staff) BETWEEN 1 AND 255),
    act         text NOT NULL,
    object_kind text,
    object_name text,
    reason      text NOT NULL CONSTRAINT audit_reason_present CHECK (reason <> ''),
    svtrid      text NOT NULL CONSTRAINT audit_svtrid_taken UNIQUE,
    content     jsonb,
    digest      bytea NOT NULL
);
CREATE INDEX audit_object ON dos.audit (object_name, id);
COMMENT ON TABLE dos.audit IS 'acts of staff, insert-only and chained by digests: database role, name given, what, on which object, why, before and after';
SELECT pg_catalog.pg_extension_config_dump('dos.audit', '');

CREATE FUNCTION dos_internal.audit_is_final() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'audit rows cannot be changed'
        USING ERRCODE = 'R2308', CONSTRAINT = 'audit_final', DETAIL = 'What was done stays on record.';
END $$;
COMMENT ON FUNCTION dos_internal.audit_is_final() IS 'keeps dos.audit insert-only';
CREATE TRIGGER audit_final BEFORE UPDATE OR DELETE OR TRUNCATE ON dos.audit
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.audit_is_final();

CREATE FUNCTION dos_internal.audit_digest(previous bytea, a dos.audit) RETURNS bytea
LANGUAGE sql STABLE
RETURN sha256(coalesce(previous, ''::bytea) || convert_to(jsonb_build_array((a).id, dos.iso8601((a).happened_at), (a).role, (a).staff, (a).act,
              (a).object_kind, (a).object_name, (a).reason, (a).svtrid, (a).content)::text, 'UTF8'));
COMMENT ON FUNCTION dos_internal.audit_digest(bytea, dos.audit) IS 'SHA-256 of an audit row and the digest before it';

-- One at a time: a chain has one end. Held until the transaction of the act commits.
CREATE FUNCTION dos_internal.audit_put(act text, object_kind text, object_name text, reason text, staff text DEFAULT NULL, content jsonb DEFAULT NULL)
RETURNS dos.audit
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a        dos.audit;
    previous bytea;
BEGIN
    IF coalesce(btrim(reason), '') = '' THEN
        PERFORM dos_internal.refuse(2003, 'audit_reason_missing', 'reason', 'an act of staff needs a reason');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('dos audit', 0));
    SELECT l.id, l.digest INTO a.id, previous FROM dos.audit AS l ORDER BY l.id DESC LIMIT 1;
    a.id := coalesce(a.id, 0) + 1;
    a.happened_at := dos.now();
    a.role := session_user;
    a.staff := coalesce(nullif(btrim(staff), ''), session_user);
    a.act := act;
    a.object_kind := object_kind;
    a.object_name := object_name;
    a.reason := reason;
    a.svtrid := 'dos-staff-' || a.id;
    a.content := content;
    a.digest := dos_internal.audit_digest(previous, a);
    INSERT INTO dos.audit SELECT a.*;
    RETURN a;
END $$;
COMMENT ON FUNCTION dos_internal.audit_put(text, text, text, text, text, jsonb) IS
    'put an act of staff on record: session_user and the name given; the row''s svtrid names the act everywhere else. R2003 without a reason';

CREATE FUNCTION dos.audit_verify(OUT id bigint, OUT problem text) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.id, CASE WHEN c.id <> c.place THEN 'a row before this one is missing' ELSE 'the row or the one before it was changed' END
      FROM (SELECT a.id, row_number() OVER (ORDER BY a.id) AS place,
                   a.digest = dos_internal.audit_digest(lag(a.digest) OVER (ORDER BY a.id), a) AS sound
              FROM dos.audit AS a) AS c
     WHERE c.id <> c.place OR NOT c.sound
     ORDER BY c.id
$$;
COMMENT ON FUNCTION dos.audit_verify() IS 'proves the chain of dos.audit: rows that are missing or were changed; no row is right';
