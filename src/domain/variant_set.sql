-- Variants that belong together: a name and the allocatable variants of it that its holder has. The first is the original,
-- the others say so. A set has one registrar and one registrant; it moves and ends together, as its zone's policy says.
-- Names that an IDN table made variants of each other when they had been registered already are no set.

CREATE TABLE dos.domain_variant (
    name     text COLLATE "C" CONSTRAINT domain_variant_pkey PRIMARY KEY,
    original text COLLATE "C" NOT NULL,
    since    timestamptz NOT NULL DEFAULT dos.now(),
    CONSTRAINT domain_variant_of_another CHECK (name <> original)
);
CREATE INDEX domain_variant_original ON dos.domain_variant (original);
COMMENT ON TABLE dos.domain_variant IS 'registered names that were given to a holder as variants, and the name they are variants of: one set';
SELECT pg_catalog.pg_extension_config_dump('dos.domain_variant', '');

-- Asked of domains that have keys (idn_indexed) only: all others are in no set.
CREATE FUNCTION dos_internal.variants_of(name text) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.name::text
      FROM (SELECT coalesce((SELECT v.original FROM dos.domain_variant AS v WHERE v.name = variants_of.name), variants_of.name)) AS o (original),
           LATERAL (SELECT o.original UNION ALL SELECT v.name FROM dos.domain_variant AS v WHERE v.original = o.original) AS m (name)
      JOIN dos.domain AS d ON d.name = m.name
     WHERE m.name <> variants_of.name
     ORDER BY 1
$$;
COMMENT ON FUNCTION dos_internal.variants_of(text) IS 'the other registered names of the set of a name, in one order for all';

CREATE FUNCTION dos.variant_set(name text, OUT member text, OUT unicode text, OUT is_original boolean) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.name, dos.dname_unicode(m.name), NOT EXISTS (SELECT FROM dos.domain_variant AS v WHERE v.name = m.name)
      FROM (SELECT dos.dname(variant_set.name)) AS asked (name),
           LATERAL (SELECT asked.name WHERE EXISTS (SELECT FROM dos_internal.variants_of(asked.name)) UNION ALL SELECT * FROM dos_internal.variants_of(asked.name)) AS m (name)
     ORDER BY 3 DESC, 1
$$;
COMMENT ON FUNCTION dos.variant_set(text) IS 'the registered names that belong together with a name, the original first; no row: it is in no set';
GRANT EXECUTE ON FUNCTION dos.variant_set(text) TO dos_rdds, dos_epp;

-- Who may have a variant, and when. The original's state does not change until the transaction ends; true: it is there.
CREATE FUNCTION dos_internal.variant_holder_check(variant_of text, name text, registrar_id int, registrant_id bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    holder dos.domain := dos_internal.transfer_lock_or_null(variant_of);
BEGIN
    IF holder.id IS NULL THEN
        RETURN false;                                       -- gone by the clock
    ELSIF holder.registrar_id <> registrar_id OR holder.registrant_id IS DISTINCT FROM registrant_id THEN
        PERFORM dos_internal.refuse(2306, 'idn_variant_held', 'domain:name', format('"%s" cannot be registered', name),
            format('It is a variant of "%s" and goes to its registrar and registrant only.', dos.dname_unicode(variant_of)));
    ELSIF holder.deleted_at IS NOT NULL OR (holder.transfer).status = 'pending' THEN
        PERFORM dos_internal.refuse(2304, 'idn_variant_busy', 'domain:name', format('"%s" cannot be registered', name),
            format('It is a variant of "%s", which is being %s.', dos.dname_unicode(variant_of), CASE WHEN holder.deleted_at IS NULL THEN 'transferred' ELSE 'deleted' END));
    END IF;
    RETURN true;
END $$;
COMMENT ON FUNCTION dos_internal.variant_holder_check(text, text, int, bigint) IS
    'refuse an allocatable variant to all but the sponsor and registrant of the name it is a variant of (R2306), and while that is being deleted or transferred (R2304)';

-- Create step: the name joins the set.
CREATE FUNCTION dos_internal.variant_holder_require(variant_of text, name text, registrar_id int, registrant_id bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first_name text := coalesce((SELECT v.original FROM dos.domain_variant AS v WHERE v.name = variant_of), variant_of);
BEGIN
    IF dos_internal.variant_holder_check(variant_of, name, registrar_id, registrant_id) THEN
        INSERT INTO dos.domain_variant (name, original) SELECT variant_holder_require.name, first_name WHERE variant_holder_require.name <> first_name
        ON CONFLICT ON CONSTRAINT domain_variant_pkey DO UPDATE SET original = excluded.original, since = excluded.since;
    END IF;
END $$;
COMMENT ON FUNCTION dos_internal.variant_holder_require(text, text, int, bigint) IS
    'a domain that is created joins the set of the name it is an allocatable variant of; errors of variant_holder_check()';

CREATE FUNCTION dos_internal.domain_forget_keys() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM dos.idn_key AS k WHERE k.name = OLD.name;
    DELETE FROM dos.domain_variant AS v WHERE v.name = OLD.name;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.domain_forget_keys() IS 'trigger: the keys of a name, and its place in a set, go with its domain';
CREATE TRIGGER domain_forget_keys AFTER DELETE ON dos.domain
    FOR EACH ROW WHEN (OLD.idn_indexed) EXECUTE FUNCTION dos_internal.domain_forget_keys();

-- One registrant for a set, whichever verb changes it. A change that only follows a transfer brings no date.
CREATE FUNCTION dos_internal.variant_registrant() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    other text;
    m     dos.domain;
    lock  text;
BEGIN
    FOR other IN SELECT * FROM dos_internal.variants_of(NEW.name) LOOP
        SELECT * INTO m FROM dos.domain AS d WHERE d.name = other AND d.registrant_id IS DISTINCT FROM NEW.registrant_id FOR NO KEY UPDATE;
        CONTINUE WHEN NOT FOUND;
        IF NEW.registrant_changed_at IS DISTINCT FROM OLD.registrant_changed_at THEN
            lock := dos.lifecycle_refusal('update', (dos_internal.domain_state(m, dos.now())).statuses);
            IF (dos_internal.variant_policy_of(NEW.zone_id)).registrant = 'refuse' THEN
                PERFORM dos_internal.refuse(2306, 'idn_variant_registrant', 'domain:registrant', format('domain "%s" cannot have another registrant', NEW.name),
                    format('It has one with its variant "%s".', other));
            ELSIF lock IS NOT NULL THEN
                PERFORM dos_internal.refuse(2304, 'domain_update_prohibited', 'domain:name', format('domain "%s", a variant of "%s", cannot be updated', other, NEW.name),
                    format('Status "%s" is set.', lock));
            END IF;
        END IF;
        UPDATE dos.domain AS d SET registrant_id = NEW.registrant_id, registrant_changed_at = NEW.registrant_changed_at, updater_id = NEW.updater_id, updated_at = NEW.updated_at
         WHERE d.id = m.id;
        PERFORM dos_internal.outbox_put('domain.updated', m.name, m.id, dos_internal.registrar_clid(NEW.updater_id), NULL, NULL, jsonb_build_object('cause', NEW.name));
    END LOOP;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.variant_registrant() IS 'trigger: names of a set have one registrant; R2306 where the zone says so, R2304 when one of them may not be updated';
CREATE TRIGGER domain_variant_registrant AFTER UPDATE OF registrant_id ON dos.domain
    FOR EACH ROW WHEN (NEW.idn_indexed AND NEW.registrant_id IS DISTINCT FROM OLD.registrant_id) EXECUTE FUNCTION dos_internal.variant_registrant();

-- What an info says of a set (RFC 9095 section 6.1.2): the original as the registered name, the others as bundled ones.
CREATE FUNCTION dos_internal.variant_bundle(name text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_object('name', s.member, 'ulabel', s.unicode) ORDER BY s.is_original DESC, s.member) FROM dos.variant_set(name) AS s
     WHERE EXISTS (SELECT FROM dos.epp_service AS e WHERE e.uri = 'urn:ietf:params:xml:ns:epp:b-dn' AND e.enabled)
$$;
COMMENT ON FUNCTION dos_internal.variant_bundle(text) IS 'the set of a name for the extension b-dn, the original first; NULL without a set, or where the extension is off';
