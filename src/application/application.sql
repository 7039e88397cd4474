-- Launch applications (RFC 8334): requests for a name in a phase in which many may ask for it and the registry decides later
-- who gets it. An application is not a domain: it has a row of its own, and no other reader knows of it. Its id and ROID
-- are those of the domain it may become; the money is held under them.

CREATE TABLE dos.application (
    id           bigint CONSTRAINT application_pkey PRIMARY KEY,
    number       text NOT NULL CONSTRAINT application_number_taken UNIQUE,
    name         dos.hostname NOT NULL,
    zone_id      int  NOT NULL CONSTRAINT application_zone REFERENCES dos.zone,
    phase_id     int  NOT NULL CONSTRAINT application_phase REFERENCES dos.phase,
    launch_phase text NOT NULL,
    launch_name  text,
    registrar_id int  NOT NULL,
    status       text NOT NULL CONSTRAINT application_status_known
                 CHECK (status IN ('pendingValidation', 'validated', 'invalid', 'pendingAllocation', 'allocated', 'rejected', 'custom')),
    status_name  text CONSTRAINT application_status_named CHECK ((status = 'custom') = (status_name IS NOT NULL)),
    reason       text,
    years        int  NOT NULL,
    amount_minor bigint NOT NULL,
    currency     text NOT NULL,
    entry_id     bigint,
    token_id     bigint,
    request      jsonb NOT NULL,
    contact_ids  bigint[] NOT NULL,
    host_ids     bigint[] NOT NULL,
    auth_hash    bytea,
    marks        jsonb,
    cltrid       text,
    svtrid       text,
    created_at   timestamptz NOT NULL DEFAULT dos.now(),
    updater_id   int,
    updated_at   timestamptz,
    decided_at   timestamptz CONSTRAINT application_decided CHECK ((decided_at IS NOT NULL) = (status IN ('allocated', 'rejected'))),
    act          dos.act
);
CREATE INDEX application_name ON dos.application (name, id);
CREATE INDEX application_phase_name ON dos.application (phase_id, name) WHERE decided_at IS NULL;
CREATE INDEX application_contact_ids ON dos.application USING gin (contact_ids) WHERE decided_at IS NULL;
CREATE INDEX application_host_ids ON dos.application USING gin (host_ids) WHERE decided_at IS NULL;
CREATE TRIGGER application_history BEFORE UPDATE OR DELETE ON dos.application FOR EACH ROW EXECUTE FUNCTION dos_internal.history_keep('application', 'number');
COMMENT ON TABLE dos.application IS 'launch applications (RFC 8334): who asks for which name in which phase, as what domain, for what money, and what became of it';
COMMENT ON COLUMN dos.application.number IS 'EPP''s launch:applicationID';
COMMENT ON COLUMN dos.application.launch_phase IS 'launch:phase, and in launch_name its name, as the create said them';
COMMENT ON COLUMN dos.application.status_name IS 'the registry''s own word for status "custom"';
COMMENT ON COLUMN dos.application.reason IS 'why it has its status, for the applicant to read';
COMMENT ON COLUMN dos.application.entry_id IS 'the ledger entry that holds the money; when it is allocated, the one that charged it';
COMMENT ON COLUMN dos.application.request IS 'the row of dos.domain that it would become, without its secret';
COMMENT ON COLUMN dos.application.marks IS 'what the create said of trademarks: smd (base64) or codes; for the registry''s validation';
SELECT pg_catalog.pg_extension_config_dump('dos.application', '');

-- The law: src/application/application_table_rules.c.
CREATE FUNCTION dos_internal.application_next(status text, act text) RETURNS text
LANGUAGE c IMMUTABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_application_next';
COMMENT ON FUNCTION dos_internal.application_next(text, text) IS 'the status of an application after an act, or NULL when its status does not allow it';

CREATE FUNCTION dos.application_transitions(OUT status text, OUT next_status text, OUT by text, OUT act text) RETURNS SETOF record
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_application_transitions';
COMMENT ON FUNCTION dos.application_transitions() IS
    'the statuses of a launch application and what leads from one to the next: a command of its registrar, or an act of the registry (RFC 8334 section 2.4.1)';

CREATE FUNCTION dos_internal.application_domain(a dos.application) RETURNS dos.domain
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d dos.domain := jsonb_populate_record(NULL::dos.domain, a.request);
BEGIN
    d.auth_hash := a.auth_hash;
    RETURN d;
END $$;
COMMENT ON FUNCTION dos_internal.application_domain(dos.application) IS 'the domain that an application asks for';

-- What of the domain asked for the row keeps.
CREATE FUNCTION dos_internal.application_request(a dos.application, d dos.domain) RETURNS dos.application
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    a.request := jsonb_strip_nulls(to_jsonb(d)) - '{auth_hash,act,graces,created_at,expires_at,pending,transfer,next_event_at}'::text[];
    a.contact_ids := array_remove(d.admin_ids || d.tech_ids || d.billing_ids || d.registrant_id, NULL);
    a.host_ids := d.host_ids;
    a.auth_hash := d.auth_hash;
    RETURN a;
END $$;
COMMENT ON FUNCTION dos_internal.application_request(dos.application, dos.domain) IS 'an application that asks for this domain';

CREATE FUNCTION dos_internal.application_launch(a dos.application) RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN jsonb_strip_nulls(jsonb_build_object('phase', (a).launch_phase, 'phase_name', (a).launch_name, 'application_id', (a).number, 'status', (a).status,
                                            'status_name', (a).status_name, 'status_text', (a).reason));
COMMENT ON FUNCTION dos_internal.application_launch(dos.application) IS 'what <launch:infData> says of an application (RFC 8334 section 3.2)';

-- The application a command means. Its number is its name in every command after the create (RFC 8334 section 2.1).
CREATE FUNCTION dos_internal.application_find(actor dos.registrar, name text, launch jsonb, verb text) RETURNS dos.application
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a dos.application;
    p dos.phase;
    z int := (dos_internal.zone_of(dos.dname(name))).id;
BEGIN
    IF verb <> 'info' AND NOT EXISTS (SELECT FROM dos.phase AS o WHERE o.zone_id = z AND o.mode <> 'registration') THEN
        PERFORM dos_internal.refuse(2102, 'launch_application', 'launch:' || verb, 'launch applications are not supported', 'The zone takes none.');
    ELSIF coalesce(launch ->> 'application_id', '') = '' THEN
        PERFORM dos_internal.refuse(2003, 'application_number_missing', 'launch:applicationID', 'the application is not named');
    END IF;
    IF verb = 'info' THEN
        SELECT * INTO a FROM dos.application AS o WHERE o.number = launch ->> 'application_id';
    ELSE
        SELECT * INTO a FROM dos.application AS o WHERE o.number = launch ->> 'application_id' FOR UPDATE;
    END IF;
    IF a.name IS DISTINCT FROM dos.dname(application_find.name) THEN
        PERFORM dos_internal.refuse(2303, 'application_unknown', 'launch:applicationID', format('application "%s" for "%s" does not exist', launch ->> 'application_id', name));
    ELSIF a.registrar_id <> actor.id THEN
        PERFORM dos_internal.refuse(2201, 'application_of_other_registrar', 'launch:applicationID', 'the application is another registrar''s');
    END IF;
    SELECT * INTO p FROM dos.phase AS o WHERE o.id = a.phase_id;
    IF (a.launch_phase, a.launch_name) IS DISTINCT FROM (launch ->> 'phase', launch ->> 'phase_name') AND NOT dos_internal.phase_is_meant(p, launch) THEN
        PERFORM dos_internal.refuse(2306, 'launch_phase', 'launch:phase', format('application "%s" is of another phase', a.number));
    END IF;
    RETURN a;
END $$;
COMMENT ON FUNCTION dos_internal.application_find(dos.registrar, text, jsonb, text) IS
    'the application that a registrar''s command means, locked unless it is an info; R2102 the zone takes none, R2003, R2303, R2201, R2306 another phase';

CREATE FUNCTION dos_internal.application_allowed(a dos.application, act text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    becomes text := dos_internal.application_next(a.status, act);
BEGIN
    IF becomes IS NULL THEN
        PERFORM dos_internal.refuse(2304, 'application_status', 'launch:applicationID', format('application "%s" does not allow this', a.number),
            format('Its status is "%s".', coalesce(a.status_name, a.status)));
    END IF;
    RETURN becomes;
END $$;
COMMENT ON FUNCTION dos_internal.application_allowed(dos.application, text) IS 'the status an act leads to; R2304 when the status of the application does not allow it';

-- XML of the marks in a signed mark. Whether it is signed by whom it should be is for validation (FEATURES P26) to say.
CREATE FUNCTION dos_internal.smd_marks(smd text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    document text;
BEGIN
    document := convert_from(decode(smd, 'base64'), 'UTF8');
    IF document ~* '<!DOCTYPE' THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(SELECT m::text FROM unnest(xpath('/s:signedMark/m:mark', XMLPARSE(DOCUMENT document),
                     '{{s,urn:ietf:params:xml:ns:signedMark-1.0},{m,urn:ietf:params:xml:ns:mark-1.0}}')) AS m);
EXCEPTION WHEN invalid_parameter_value OR invalid_xml_document OR invalid_xml_content OR character_not_in_repertoire OR untranslatable_character THEN
    RETURN '{}';
END $$;
COMMENT ON FUNCTION dos_internal.smd_marks(text) IS 'the marks in an encoded signed mark (RFC 7848 section 2.3), each as XML; empty when it is none';

CREATE FUNCTION dos_internal.application_marks(launch jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    smd text;
BEGIN
    FOR smd IN SELECT jsonb_array_elements_text(launch -> 'smd') LOOP
        IF dos_internal.smd_marks(smd) = '{}' THEN
            PERFORM dos_internal.refuse(2005, 'application_mark_form', 'smd:encodedSignedMark', 'this is no signed mark');
        END IF;
    END LOOP;
    RETURN nullif(jsonb_strip_nulls(jsonb_build_object('smd', launch -> 'smd', 'codes', launch -> 'codes')), '{}');
END $$;
COMMENT ON FUNCTION dos_internal.application_marks(jsonb) IS 'what a create says of trademarks, as it is kept; R2005 what is no signed mark';
