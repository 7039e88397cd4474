-- A change of lifecycle policy applies to events from its effective date on: what went before is kept in the
-- zone's row (past_policies), for the projection judges each event by what was in force at its instant.

CREATE FUNCTION dos_internal.zone_policy_of(zone dos.zone, until timestamptz) RETURNS dos.lifecycle_policy
LANGUAGE sql IMMUTABLE
RETURN ROW(until, (zone).autorenew, (zone).autorenew_years, (zone).horizon_years, (zone).add_grace, (zone).renew_grace, (zone).autorenew_grace,
           (zone).transfer_grace, (zone).transfer_pending, (zone).redemption, (zone).pending_delete, (zone).pending_restore, (zone).expiry_hold,
           (zone).expiry_dns, (zone).expiry_dns_after, (zone).release, (zone).release_hour, (zone).release_window)::dos.lifecycle_policy;
COMMENT ON FUNCTION dos_internal.zone_policy_of(dos.zone, timestamptz) IS 'the lifecycle columns of a zone as one value';

CREATE FUNCTION dos_internal.zone_policy_at(zone dos.zone, at timestamptz, expires_at timestamptz) RETURNS dos.lifecycle_policy
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    judged_at timestamptz := CASE zone.policy_by WHEN 'expiry' THEN expires_at ELSE at END;
    version   dos.lifecycle_policy;
BEGIN
    FOREACH version IN ARRAY zone.past_policies LOOP
        IF judged_at < version.until THEN
            RETURN version;
        END IF;
    END LOOP;
    RETURN dos_internal.zone_policy_of(zone, NULL);
END $$;
COMMENT ON FUNCTION dos_internal.zone_policy_at(dos.zone, timestamptz, timestamptz) IS
    'the lifecycle policy that applies to an event at an instant, of a domain that expires then: by the event or, where the zone says so, by the expiry';

CREATE FUNCTION dos_internal.zone_policy_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last timestamptz := (OLD.past_policies[cardinality(OLD.past_policies)]).until;
BEGIN
    IF NEW.past_policies IS DISTINCT FROM OLD.past_policies
       OR dos_internal.zone_policy_of(OLD, NULL) IS NOT DISTINCT FROM dos_internal.zone_policy_of(NEW, NULL) THEN
        RETURN NEW;
    END IF;
    IF last > dos.now() THEN
        RAISE EXCEPTION 'a change of the policy of zone "%" is to come', OLD.name
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Change it with dos.zone_policy_set().';
    ELSIF last IS DISTINCT FROM dos.now() THEN              -- what was in force for no time at all leaves no trace
        NEW.past_policies := OLD.past_policies || dos_internal.zone_policy_of(OLD, dos.now());
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION dos_internal.zone_policy_kept() IS 'trigger: what the lifecycle columns of a zone said stays in force for events before their change';
CREATE TRIGGER zone_policy_kept BEFORE UPDATE ON dos.zone FOR EACH ROW EXECUTE FUNCTION dos_internal.zone_policy_kept();

CREATE FUNCTION dos.zone_policy_set(zone text, effective_at timestamptz, VARIADIC policy text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target  dos.zone;
    setting text;
    pairs   text := 'past_policies = $2';
BEGIN
    SELECT * INTO target FROM dos.zone AS z WHERE z.id = (dos_internal.zone_require(zone)).id FOR UPDATE;
    IF effective_at < dos.now() OR effective_at <= (target.past_policies[cardinality(target.past_policies)]).until THEN
        PERFORM dos_internal.refuse(2004, 'zone_policy_order', 'effective_at', 'a policy changes from now on, and after the changes that are known',
            'What has happened was judged by the policy of its time.');
    END IF;
    FOREACH setting IN ARRAY policy LOOP
        IF split_part(setting, '=', 1) NOT IN (SELECT a.attname FROM pg_attribute AS a
            WHERE a.attrelid = 'dos.lifecycle_policy'::regclass AND a.attnum > 1) THEN
            PERFORM dos_internal.refuse(2306, 'zone_setting_unknown', split_part(setting, '=', 1),
                format('"%s" is not a lifecycle setting of a zone', split_part(setting, '=', 1)));
        END IF;
        pairs := pairs || format(', %I = %L', split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1));
    END LOOP;
    EXECUTE format('UPDATE dos.zone SET %s WHERE id = $1', pairs)
      USING target.id, target.past_policies || dos_internal.zone_policy_of(target, effective_at);
END $$;
COMMENT ON FUNCTION dos.zone_policy_set(text, timestamptz, text[]) IS
    'change lifecycle settings of a zone (''redemption=10 days'') from an instant on, now or later; what happens before goes by what was said before. R2303, R2004, R2306';

CREATE VIEW dos.zone_policy AS
    SELECT z.name AS zone, lag(p.until) OVER (PARTITION BY z.id ORDER BY n) AS effective_from, p.*
      FROM dos.zone AS z CROSS JOIN LATERAL unnest(z.past_policies || dos_internal.zone_policy_of(z, NULL)) WITH ORDINALITY
           AS p (until, autorenew, autorenew_years, horizon_years, add_grace, renew_grace, autorenew_grace, transfer_grace, transfer_pending, redemption,
                 pending_delete, pending_restore, expiry_hold, expiry_dns, expiry_dns_after, release, release_hour, release_window, n);
COMMENT ON VIEW dos.zone_policy IS 'lifecycle policies of each zone as rows with their effective dates: past, present and to come';
