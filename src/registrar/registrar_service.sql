-- The EPP server: what its greeting offers, how it is set, what it says in which language.

-- Gateways listen: what they keep of the tables here they read again.
CREATE FUNCTION dos_internal.epp_server_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_notify('dos_epp', coalesce(TG_ARGV[0], 'server'));
    RETURN NULL;
END $$;
COMMENT ON FUNCTION dos_internal.epp_server_changed() IS 'trigger: tell EPP gateways at commit that greeting or texts (or, as argument says, rates) are others now';

CREATE TABLE dos.epp_service (
    uri     text CONSTRAINT epp_service_pkey PRIMARY KEY,
    kind    text NOT NULL CONSTRAINT epp_service_kind_known CHECK (kind IN ('object', 'extension')),
    enabled boolean NOT NULL DEFAULT true,
    private boolean NOT NULL DEFAULT false,
    own     boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE dos.epp_service IS
    'namespace URIs of the EPP server, each of which can be switched; a private one is not in the greeting, and only for the registrars of dos.epp_service_grant; own marks rows of this registry';
SELECT pg_catalog.pg_extension_config_dump('dos.epp_service', 'WHERE own');

INSERT INTO dos.epp_service (uri, kind) VALUES
    ('urn:ietf:params:xml:ns:domain-1.0', 'object'),
    ('urn:ietf:params:xml:ns:host-1.0', 'object'),
    ('urn:ietf:params:xml:ns:contact-1.0', 'object'),
    ('urn:ietf:params:xml:ns:secDNS-1.1', 'extension'),
    ('urn:ietf:params:xml:ns:rgp-1.0', 'extension'),
    ('urn:ietf:params:xml:ns:epp:unhandled-namespaces-1.0', 'extension'),
    ('urn:ietf:params:xml:ns:epp:secure-authinfo-transfer-1.0', 'extension'),
    ('urn:ietf:params:xml:ns:changePoll-1.0', 'extension'),
    ('urn:ietf:params:xml:ns:epp:loginSec-1.0', 'extension');
INSERT INTO dos.epp_service (uri, kind, enabled) VALUES
    ('urn:ietf:params:xml:ns:epp:fee-1.0', 'extension', true),
    ('urn:ietf:params:xml:ns:allocationToken-1.0', 'extension', true),
    ('urn:ietf:params:xml:ns:launch-1.0', 'extension', true),
    ('urn:ietf:params:xml:ns:idn-1.0', 'extension', true),
    ('urn:ietf:params:xml:ns:epp:ttl-1.0', 'extension', false),
    ('urn:ietf:params:xml:ns:epp:org-1.0', 'object', false),
    ('urn:ietf:params:xml:ns:epp:maintenance-1.0', 'object', false),
    ('urn:ietf:params:xml:ns:epp:orgext-1.0', 'extension', false),
    ('urn:ietf:params:xml:ns:epp:b-dn', 'extension', false),
    ('urn:ietf:params:xml:ns:epp:addlEmail-1.0', 'extension', false);
-- for the registrars of dos.epp_service_grant
INSERT INTO dos.epp_service (uri, kind, private) VALUES
    ('http://www.verisign.com/epp/balance-1.0', 'object', true),
    ('http://www.verisign.com/epp/lowbalance-poll-1.0', 'object', true),
    ('https://namingo.org/epp/funds-1.0', 'object', true);
-- drafts of fee-1.0, for clients that never learnt the RFC; not registered with IANA, so not for the greeting
INSERT INTO dos.epp_service (uri, kind, enabled, private) SELECT 'urn:ietf:params:xml:ns:fee-' || v, 'extension', false, true FROM unnest('{0.7,0.8,0.9,0.11,0.12}'::text[]) AS v;
UPDATE dos.epp_service SET own = false;
CREATE TRIGGER epp_service_shipped BEFORE INSERT OR UPDATE ON dos.epp_service
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('uri');
CREATE TRIGGER epp_service_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.epp_service
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.epp_server_changed();

CREATE TABLE dos.epp_service_grant (
    uri          text NOT NULL,
    registrar_id int  NOT NULL CONSTRAINT epp_service_grant_registrar REFERENCES dos.registrar ON DELETE CASCADE,
    CONSTRAINT epp_service_grant_pkey PRIMARY KEY (registrar_id, uri)
);
COMMENT ON TABLE dos.epp_service_grant IS 'which registrar may log in with which private namespace URI';
SELECT pg_catalog.pg_extension_config_dump('dos.epp_service_grant', '');

CREATE FUNCTION dos_internal.epp_service_available(uri text, kind text, registrar_id int) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM dos.epp_service AS e
                    WHERE e.uri = epp_service_available.uri AND e.kind = epp_service_available.kind AND e.enabled
                      AND (NOT e.private OR EXISTS (SELECT FROM dos.epp_service_grant AS g
                                                     WHERE g.uri = e.uri AND g.registrar_id = epp_service_available.registrar_id)))
$$;
COMMENT ON FUNCTION dos_internal.epp_service_available(text, text, int) IS 'whether a registrar may name this URI, of objects or extensions, in its login';

-- One row of settings of the EPP server.
CREATE TABLE dos.epp_setting (
    one                  boolean CONSTRAINT epp_setting_pkey PRIMARY KEY DEFAULT true CONSTRAINT epp_setting_one CHECK (one),
    server_id            text   NOT NULL DEFAULT 'DOS EPP server' CONSTRAINT epp_setting_server_id_range CHECK (length(server_id) BETWEEN 3 AND 64),
    languages            text[] NOT NULL DEFAULT '{en}' CONSTRAINT epp_setting_languages_present CHECK (cardinality(languages) > 0),
    dcp                  text   NOT NULL DEFAULT '<access><all/></access><statement><purpose><admin/><prov/></purpose>'
                                '<recipient><ours/><public/></recipient><retention><stated/></retention></statement>',
    certificate_required boolean NOT NULL DEFAULT true,
    failures_max         int    NOT NULL DEFAULT 10 CONSTRAINT epp_setting_failures_range CHECK (failures_max BETWEEN 1 AND 1000),
    lock_for             interval NOT NULL DEFAULT '10 minutes' CONSTRAINT epp_setting_lock_range CHECK (lock_for >= '0'),
    lock_max             interval NOT NULL DEFAULT '1 day' CONSTRAINT epp_setting_lock_max_range CHECK (lock_max >= '0'),
    address_failures_max int    NOT NULL DEFAULT 50 CONSTRAINT epp_setting_address_failures_range CHECK (address_failures_max BETWEEN 1 AND 100000),
    sessions_max         int    CONSTRAINT epp_setting_sessions_range CHECK (sessions_max >= 1),
    address_sessions_max int    CONSTRAINT epp_setting_address_sessions_range CHECK (address_sessions_max >= 1),
    gateway_life         interval NOT NULL DEFAULT '1 minute' CONSTRAINT epp_setting_gateway_life_range CHECK (gateway_life >= '10 seconds'),
    password_min         int    NOT NULL DEFAULT 8 CONSTRAINT epp_setting_password_min_range CHECK (password_min BETWEEN 6 AND 256),
    password_max         int    NOT NULL DEFAULT 256 CONSTRAINT epp_setting_password_max_range CHECK (password_max BETWEEN 16 AND 1024),
    password_history     int    NOT NULL DEFAULT 0 CONSTRAINT epp_setting_password_history_range CHECK (password_history BETWEEN 0 AND 24),
    password_life        interval CONSTRAINT epp_setting_password_life_range CHECK (password_life >= '1 day'),
    password_warning     interval NOT NULL DEFAULT '14 days',
    certificate_warning  interval NOT NULL DEFAULT '30 days',
    certificate_life_max interval,
    certificate_rsa_min  int    NOT NULL DEFAULT 2048,
    certificate_ec_min   int    NOT NULL DEFAULT 256,
    failures_warning     int    NOT NULL DEFAULT 1 CONSTRAINT epp_setting_failures_warning_range CHECK (failures_warning >= 1),
    auth_tries_per_minute int   NOT NULL DEFAULT 20 CONSTRAINT epp_setting_auth_tries_range CHECK (auth_tries_per_minute BETWEEN 1 AND 1000000),
    auth_tries_burst     int    NOT NULL DEFAULT 60 CONSTRAINT epp_setting_auth_burst_range CHECK (auth_tries_burst BETWEEN 1 AND 1000000),
    ote                  boolean NOT NULL DEFAULT false,
    check_max            int    NOT NULL DEFAULT 50 CONSTRAINT epp_setting_check_max_range CHECK (check_max BETWEEN 1 AND 10000),
    replay_window        interval NOT NULL DEFAULT '0' CONSTRAINT epp_setting_replay_window_range CHECK (replay_window BETWEEN '0' AND '1 day'),
    own                  boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE dos.epp_setting IS 'settings of the EPP server: greeting, certificates, passwords, lock-out after failed logins, limits of sessions';
COMMENT ON COLUMN dos.epp_setting.failures_max IS 'failed logins of a registrar until it is locked out for lock_for; each further lock-out takes twice as long, up to lock_max';
COMMENT ON COLUMN dos.epp_setting.address_failures_max IS 'failed logins from one address (IPv6: one /64) until nobody logs in from there for lock_for, twice that the next time';
COMMENT ON COLUMN dos.epp_setting.sessions_max IS 'open sessions of one registrar over all gateways, beyond them 2502; dos.registrar.sessions_max goes before; NULL: no limit';
COMMENT ON COLUMN dos.epp_setting.address_sessions_max IS 'open sessions from one address over all gateways, beyond them 2502; NULL: no limit';
COMMENT ON COLUMN dos.epp_setting.gateway_life IS 'a gateway that has not reported for this long is gone, and its sessions with it';
COMMENT ON COLUMN dos.epp_setting.password_life IS 'age at which a password must be replaced in the login itself (else 2200); NULL: never';
COMMENT ON COLUMN dos.epp_setting.certificate_life_max IS 'longest validity of a client certificate from its first day to its last; NULL: any';
COMMENT ON COLUMN dos.epp_setting.certificate_rsa_min IS 'bits an RSA key of a client certificate has at least';
COMMENT ON COLUMN dos.epp_setting.certificate_ec_min IS 'bits an elliptic curve of a client certificate has at least';
COMMENT ON COLUMN dos.epp_setting.auth_tries_per_minute IS 'wrong authInfo (2202) of a registrar without a row of class auth in dos.epp_rate, in the long run';
COMMENT ON COLUMN dos.epp_setting.auth_tries_burst IS 'wrong authInfo of such a registrar at once';
COMMENT ON COLUMN dos.epp_setting.check_max IS 'names or ids that one check may ask for; more are refused with 2306';
COMMENT ON COLUMN dos.epp_setting.replay_window IS 'how long the answer to a transform command is kept for its repetition, with the same clTRID and content; 0: not at all';
COMMENT ON COLUMN dos.epp_setting.ote IS 'this registry is for operational test and evaluation: registrars marked ote may log in, too';
SELECT pg_catalog.pg_extension_config_dump('dos.epp_setting', 'WHERE own');
INSERT INTO dos.epp_setting (own) VALUES (false);
CREATE TRIGGER epp_setting_shipped BEFORE INSERT OR UPDATE ON dos.epp_setting
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('one');
CREATE TRIGGER epp_setting_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.epp_setting
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.epp_server_changed();
CREATE TRIGGER epp_setting_cached AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.epp_setting
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.row_cache_changed();

-- RFC 5730 section 2.9.2.1 leaves it open how many objects a check may name.
CREATE FUNCTION dos_internal.check_require(asked int, element text) RETURNS void
LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_check_require';
COMMENT ON FUNCTION dos_internal.check_require(int, text) IS 'refuse a check of more objects than dos.epp_setting.check_max: R2306 check_too_many';

CREATE FUNCTION dos.epp_greeting(OUT server_id text, OUT languages text[], OUT object_uris text[], OUT extension_uris text[], OUT dcp text,
                                 OUT check_max int, OUT replays boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.server_id, s.languages,
           ARRAY(SELECT e.uri FROM dos.epp_service AS e WHERE e.enabled AND NOT e.private AND e.kind = 'object' ORDER BY e.uri),
           ARRAY(SELECT e.uri FROM dos.epp_service AS e WHERE e.enabled AND NOT e.private AND e.kind = 'extension' ORDER BY e.uri), s.dcp,
           s.check_max, s.replay_window > '0'
      FROM dos.epp_setting AS s
$$;
COMMENT ON FUNCTION dos.epp_greeting() IS 'what the EPP greeting says: server id, languages, object and extension URIs, data collection policy (RFC 5730 section 2.4); and what gateways must know: names in one check, whether answers are kept for repetitions';
GRANT EXECUTE ON FUNCTION dos.epp_greeting() TO dos_epp;

