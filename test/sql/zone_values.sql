-- Every setting of a zone (P02, P09): the last value that is taken and the first that is not, and the rule that says so; NULL keeps, 0 means 0.
-- A rule that is new and has no row here is listed at the end.
SET dos.clock = '2026-04-01T00:00:00Z';
CREATE TABLE edge (n int GENERATED ALWAYS AS IDENTITY, taken text, refused text);
INSERT INTO edge (taken, refused) VALUES
    ('kind=second-level', 'kind=tld'), ('roid_suffix=A2345678', 'roid_suffix=A23456789'), ('roid_suffix=X', 'roid_suffix=x'), ('currency=JPY', 'currency=XXX'),
    ('label_min=63', 'label_min=0'), ('label_max=1', 'label_max=64'), ('label_min=63', 'label_max=63,label_min=64'), ('label_max=63,label_min=63', 'label_max=5,label_min=6'),
    ('label_characters_min=63', 'label_characters_min=0'), ('label_characters_max=1', 'label_characters_max=64'), ('label_characters_max=5,label_characters_min=5', 'label_characters_max=5,label_characters_min=6'),
    ('label_pattern=^[a-z]+$', 'label_pattern=('), ('emoji=never', 'emoji=always'), ('emoji=mixed,idn=true,kind=country', 'emoji=mixed,idn=true,kind=generic'), ('emoji=alone,idn=true,kind=test', 'emoji=alone,kind=country'),
    ('claims_window=0', 'claims_window=-1 hour'), ('period_min=1', 'period_min=0'), ('period_max=1', 'period_max=11'), ('period_default=10', 'period_default=11'), ('period_default=1', 'period_default=0'),
    ('period_min=2,period_default=2', 'period_min=2'), ('years_create={1,10}', 'years_create={0}'), ('years_create={10}', 'years_create={}'), ('years_renew={1,10}', 'years_renew={11}'), ('years_renew={1}', 'years_renew={}'),
    ('months_create={1,119}', 'months_create={0}'), ('months_create={11,13}', 'months_create={12}'), ('months_renew={1,119}', 'months_renew={120}'), ('months_renew={23}', 'months_renew={24}'),
    ('horizon_years=10', 'horizon_years=11'), ('horizon_years=2,period_max=2', 'horizon_years=2'), ('add_grace=0', 'add_grace=-1 second'), ('add_grace=1 hour', 'add_grace=1 month'), ('renew_grace=0', 'renew_grace=1 year'), ('autorenew_grace=0', 'autorenew_grace=-1 day'),
    ('redemption=0', 'redemption=1 month'), ('pending_delete=0', 'pending_delete=-1 day'), ('pending_restore=0', 'pending_restore=1 month'), ('transfer_pending=0', 'transfer_pending=-1 day'), ('transfer_grace=0', 'transfer_grace=1 month'), ('transfer_lock=0', 'transfer_lock=-1 day'),
    ('transfer_years=0', 'transfer_years=-1'), ('transfer_years=1', 'transfer_years=2'), ('autorenew_years=10', 'autorenew_years=0'), ('autorenew_years=1119', 'autorenew_years=1120'), ('autorenew_years=2,horizon_years=2,period_max=2', 'autorenew_years=3,horizon_years=2,period_max=2'),
    ('autorenew_years=1001,autorenew_grace=28 days', 'autorenew_years=1001,autorenew_grace=29 days'), ('autorenew_unpaid=debt', 'autorenew_unpaid=never'), ('autorenew_retry=300 days', 'autorenew_retry=301 days'), ('expiry_hold=0', 'expiry_hold=1 month'),
    ('expiry_dns=keep', 'expiry_dns=drop'), ('expiry_dns=park,park_servers={ns.x.net}', 'expiry_dns=park'), ('expiry_dns_after=0', 'expiry_dns_after=-1 day'), ('registrant_lock=0', 'registrant_lock=1 month'), ('transfer_contacts=new', 'transfer_contacts=burn'),
    ('transfer_horizon=refuse', 'transfer_horizon=ignore'), ('add_grace_free=0', 'add_grace_free=-1'), ('add_grace_percent=100', 'add_grace_percent=101'), ('add_grace_percent=0', 'add_grace_percent=-1'), ('release=list', 'release=never'),
    ('release_hour=23:59:59', 'release_hour=24:00:00'), ('release_window=7 days', 'release_window=8 days'), ('pending_verbs={create,update}', 'pending_verbs={delete}'), ('pending_timeout=0', 'pending_timeout=1 month'), ('pending_outcome=approve', 'pending_outcome=wait'),
    ('delete_hosts=detach', 'delete_hosts=keep'), ('policy_by=expiry', 'policy_by=chance'), ('fee_required=never', 'fee_required=maybe'), ('contacts_required={billing}', 'contacts_required={owner}'), ('contacts_allowed={admin,tech}', 'contacts_allowed={admin,tech,owner}'),
    ('contacts_required={},contacts_allowed={}', 'contacts_allowed={}'), ('registrant_allowed=false,registrant_required=false', 'registrant_allowed=false'), ('contacts_max=0', 'contacts_max=-1'), ('contacts_max=100', 'contacts_max=101'), ('contacts_counts={tech:1-2}', 'contacts_counts={tech:1}'),
    ('host_model=attribute', 'host_model=both'), ('hosts_max=13', 'hosts_max=14'), ('hosts_max=0', 'hosts_max=-1'), ('nameservers_allowed={*.x.net}', 'nameservers_allowed={}'), ('glue=wide', 'glue=none'), ('auth_length_min=255', 'auth_length_min=256'), ('auth_classes_min=4', 'auth_classes_min=5'),
    ('auth_life=1 second', 'auth_life=0'), ('ds_max=20', 'ds_max=21'), ('soa_refresh=60', 'soa_refresh=59'), ('soa_retry=30', 'soa_retry=29'), ('soa_expire=3600', 'soa_expire=3599'), ('soa_minimum=86400', 'soa_minimum=86401'),
    ('ttl_soa=0', 'ttl_soa=-1'), ('ttl_ns=2147483647', 'ttl_ns=-1'), ('ttl_ds=0', 'ttl_ds=-1'), ('ttl_address=0', 'ttl_address=-1'), ('ttl_record=0', 'ttl_record=-1'), ('secondary_lag_max=0', 'secondary_lag_max=1 month'), ('signature_life_min=0', 'signature_life_min=-1 day'),
    ('guard_percent=100', 'guard_percent=101'), ('guard_minimum=0', 'guard_minimum=-1'), ('guard_window=0', 'guard_window=1 month'), ('guard_people=5', 'guard_people=6'), ('guard_people=1', 'guard_people=0');
CREATE FUNCTION tried(settings text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(nullif(o.reason, ''), o.code) FROM test.outcome(format('DO $x$ BEGIN PERFORM dos.zone_create(''edge'', ''{}'', VARIADIC %L); RAISE EXCEPTION USING ERRCODE = ''XXUND'', CONSTRAINT = ''taken''; END $x$',
        regexp_split_to_array(settings, ',(?=[a-z_]+=)'))) AS o $$;
CREATE TABLE seen AS SELECT e.*, tried(e.taken) AS outcome, tried(e.refused) AS reason FROM edge AS e;
SELECT taken, refused, reason FROM seen ORDER BY n;
SELECT taken, outcome FROM seen WHERE outcome <> 'taken';
-- (a pattern that is none is 2201B; contacts that are required are among those allowed, which are known)
SELECT c.conname AS not_met FROM pg_constraint AS c WHERE c.conrelid = 'dos.zone'::regclass AND c.contype = 'c' AND c.conname NOT IN (SELECT s.reason FROM seen AS s) ORDER BY 1;
-- what a verb does not know is refused by its name; one setting that is wrong leaves all as they were
SELECT o.code, o.reason, o.element FROM test.outcome($$SELECT dos.zone_create('edge', '{}', 'colour=red')$$) AS o;
SELECT test.zone('kept') > 0 AS kept;
SELECT o.code, o.reason FROM test.outcome($$SELECT dos.zone_config_apply('kept', '{"settings": {"add_grace": "1 day", "hosts_max": 14}}', 'r')$$) AS o;
SELECT dos.zone_config_apply('kept', '{"settings": {"add_grace": "0", "hosts_max": 0}}', 'r') AS changes;
SELECT add_grace, hosts_max, label_min FROM dos.zone WHERE name = 'kept';
