-- Who refers to a contact or host: the other side of the arrays in dos.domain.

CREATE FUNCTION dos_internal.contact_is_linked(contact_id bigint) RETURNS boolean
LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM dos.domain AS d
                WHERE (d.admin_ids || d.tech_ids || d.billing_ids || d.registrant_id) @> ARRAY[contact_id])
    OR EXISTS (SELECT FROM dos.application AS a WHERE a.contact_ids @> ARRAY[contact_id] AND a.decided_at IS NULL)
    OR EXISTS (SELECT FROM dos.org AS o, dos.contact AS c WHERE c.id = contact_id AND o.contacts @> jsonb_build_array(jsonb_build_object('id', c.handle)));
COMMENT ON FUNCTION dos_internal.contact_is_linked(bigint) IS 'does any domain, application or organization refer to this contact?';

CREATE FUNCTION dos_internal.host_is_linked(host_id bigint) RETURNS boolean
LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM dos.domain AS d WHERE d.host_ids @> ARRAY[host_id])
    OR EXISTS (SELECT FROM dos.application AS a WHERE a.host_ids @> ARRAY[host_id] AND a.decided_at IS NULL);
COMMENT ON FUNCTION dos_internal.host_is_linked(bigint) IS 'does any domain delegate to this host, or would one that is applied for?';

-- The statuses of a contact or host as EPP shows them: linked and ok are derived (RFC 5732 and 5733 section 2.3).
CREATE FUNCTION dos_internal.object_statuses(stored text[], linked boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN stored = '{}' THEN ARRAY['ok'] ELSE stored END || CASE WHEN linked THEN ARRAY['linked'] ELSE '{}'::text[] END;
COMMENT ON FUNCTION dos_internal.object_statuses(text[], boolean) IS 'statuses of a contact or host as shown: the stored ones, ok when there is none, linked when referred to';

-- A client's own update lock lets one update through: of statuses alone, and one that lifts it.
CREATE FUNCTION dos_internal.update_lock(statuses text[], removed text[], statuses_only boolean) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN dos.lifecycle_refusal('update', CASE WHEN statuses_only AND 'clientUpdateProhibited' = ANY (removed)
                                            THEN array_remove(statuses, 'clientUpdateProhibited') ELSE statuses END);
COMMENT ON FUNCTION dos_internal.update_lock(text[], text[], boolean) IS
    'the status that prohibits this update of a contact, host or domain, or NULL (RFC 5731 to 5733 section 2.3)';

-- Add and remove client statuses of any object; the answer is the new set.
CREATE FUNCTION dos_internal.statuses_change(stored text[], added text[], removed text[], settable text[], element text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    odd text;
BEGIN
    SELECT s INTO odd FROM unnest(coalesce(added, '{}') || coalesce(removed, '{}')) AS s WHERE s <> ALL (settable) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'status_not_settable', element, format('status "%s" cannot be set or removed', odd),
            'Only client statuses may be changed.');
    END IF;
    SELECT s INTO odd FROM unnest(added) AS s WHERE s = ANY (removed) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'status_added_and_removed', element, format('status "%s" is both added and removed', odd));
    END IF;
    SELECT s INTO odd FROM unnest(added) AS s WHERE s = ANY (stored) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'status_present', element, format('status "%s" is set already', odd));
    END IF;
    SELECT s INTO odd FROM unnest(removed) AS s WHERE s <> ALL (stored) LIMIT 1;
    IF FOUND THEN
        PERFORM dos_internal.refuse(2306, 'status_absent', element, format('status "%s" is not set', odd));
    END IF;
    RETURN ARRAY(SELECT DISTINCT s FROM unnest(stored || coalesce(added, '{}')) AS s
                  WHERE removed IS NULL OR s <> ALL (removed) ORDER BY s);
END $$;
COMMENT ON FUNCTION dos_internal.statuses_change(text[], text[], text[], text[], text) IS
    'the statuses after adding and removing client statuses, or R2306 naming the one that is not settable, present or absent';
