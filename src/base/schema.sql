-- The two schemas, the roles of the gateways, and those of staff: of the registry, and of one operator in it.
--
-- `dos` is stable: tables, verbs and views that DBAs and gateways use. `dos_internal` promises nothing.
-- Roles belong to the cluster, so an earlier registry may have left them; they own nothing.

CREATE SCHEMA dos;
CREATE SCHEMA dos_internal;
COMMENT ON SCHEMA dos IS 'the registry: tables, verbs and views';
COMMENT ON SCHEMA dos_internal IS 'private parts of the registry; no promise is made about them';

DO $$
DECLARE
    gateway text;
BEGIN
    FOREACH gateway IN ARRAY ARRAY['dos_epp', 'dos_rdds', 'dos_dns', 'dos_escrow', 'dos_admin', 'dos_operator'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = gateway) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', gateway);
        END IF;
    END LOOP;
END $$;

GRANT USAGE ON SCHEMA dos TO dos_epp, dos_rdds, dos_dns, dos_escrow, dos_admin, dos_operator;
