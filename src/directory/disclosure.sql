-- What of a contact is shown to the public, and what the directory says about itself. Law and defaults
-- are tables in C; these tables hold only what a registry decides otherwise.

CREATE FUNCTION dos_internal.disclosure_row_known(role text, field text, method text) RETURNS boolean
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_disclosure_row_known';
COMMENT ON FUNCTION dos_internal.disclosure_row_known(text, text, text) IS
    'true when role and field exist and the redaction method, if given, fits the field (RFC 9537 section 3)';

CREATE FUNCTION dos_internal.directory_setting_known(name text) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT AS 'MODULE_PATHNAME', 'dos_sql_directory_setting_known';
COMMENT ON FUNCTION dos_internal.directory_setting_known(text) IS 'true for the names that dos.directory_settings() lists';

CREATE FUNCTION dos_internal.directory_policy_changed() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'dos_sql_directory_policy_changed';
COMMENT ON FUNCTION dos_internal.directory_policy_changed() IS 'trigger: every backend reads the directory''s policy again after commit';

CREATE TABLE dos.disclosure (
    zone_id    int CONSTRAINT disclosure_zone REFERENCES dos.zone ON DELETE CASCADE,
    role       text NOT NULL,
    field      text NOT NULL,
    show       boolean NOT NULL,
    preference boolean NOT NULL DEFAULT true,
    method     text,
    reader     text CONSTRAINT disclosure_reader_form CHECK (reader ~ '^[a-z][a-z0-9-]{0,30}$'),
    person     text CONSTRAINT disclosure_person_known CHECK (person IN ('natural', 'legal')),
    country    text CONSTRAINT disclosure_country_form CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT disclosure_row_known CHECK (dos_internal.disclosure_row_known(role, field, method)),
    CONSTRAINT disclosure_row_taken UNIQUE NULLS NOT DISTINCT (zone_id, role, field, reader, person, country)
);
COMMENT ON TABLE dos.disclosure IS
    'which fields of contacts RDAP and WHOIS show, where the registry differs from the default; zone_id NULL: in all zones (RFC 9537)';
COMMENT ON COLUMN dos.disclosure.preference IS 'whether the contact''s own disclose element is heard (RFC 5733 section 2.9)';
COMMENT ON COLUMN dos.disclosure.method IS 'how the field is redacted: removal, emptyValue, partialValue, replacementValue or silent; NULL: the field''s usual way';
COMMENT ON COLUMN dos.disclosure.reader IS 'only for readers of this tier (dos.reader); NULL: for everybody; a row about a tier wins over one about a zone, that over one about persons, that over one about a country';
COMMENT ON COLUMN dos.disclosure.person IS 'only for natural or for legal persons: contacts without and with an organization; NULL: for both';
COMMENT ON COLUMN dos.disclosure.country IS 'only for contacts of this country (ISO 3166-1 alpha-2); NULL: for all';
SELECT pg_catalog.pg_extension_config_dump('dos.disclosure', '');

CREATE TABLE dos.directory_setting (
    zone_id int CONSTRAINT directory_setting_zone REFERENCES dos.zone ON DELETE CASCADE,
    name    text NOT NULL CONSTRAINT directory_setting_known CHECK (dos_internal.directory_setting_known(name)),
    value   text NOT NULL CONSTRAINT directory_setting_form CHECK (value <> '' AND value !~ '[[:cntrl:]]'),
    CONSTRAINT directory_setting_profile CHECK (name <> 'profile' OR value IN ('icann', 'basic')),
    CONSTRAINT directory_setting_whois CHECK (name NOT IN ('whois', 'whois_address') OR value IN ('on', 'off')),
    CONSTRAINT directory_setting_address CHECK (name <> 'whois_address' OR zone_id IS NULL),
    CONSTRAINT directory_setting_url CHECK (name <> 'rdap_base_url' OR value ~ '^https://[^ "<>]+/$'),
    CONSTRAINT directory_setting_search CHECK (name !~ '^search_' OR value IN ('off', 'readers', 'all')),
    CONSTRAINT directory_setting_taken UNIQUE NULLS NOT DISTINCT (zone_id, name)
);
COMMENT ON TABLE dos.directory_setting IS
    'notices, links and profile of RDAP and WHOIS where the registry differs from the default; zone_id NULL: in all zones; names: dos.directory_settings()';
SELECT pg_catalog.pg_extension_config_dump('dos.directory_setting', '');

CREATE FUNCTION dos.whois_items(OUT item text, OUT label text) RETURNS SETOF record
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_whois_items';
COMMENT ON FUNCTION dos.whois_items() IS 'what lines of dos.whois_line may show, and how they are labelled when nothing else is said';

CREATE FUNCTION dos_internal.whois_item_known(item text) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN item IN (SELECT i.item FROM dos.whois_items() AS i);
COMMENT ON FUNCTION dos_internal.whois_item_known(text) IS 'true for the items that dos.whois_items() lists';

CREATE TABLE dos.whois_line (
    zone_id  int CONSTRAINT whois_line_zone REFERENCES dos.zone ON DELETE CASCADE,
    position int  NOT NULL,
    item     text NOT NULL CONSTRAINT whois_line_item_known CHECK (dos_internal.whois_item_known(item)),
    label    text CONSTRAINT whois_line_label_form CHECK (label !~ '[[:cntrl:]]' AND length(label) <= 500),
    CONSTRAINT whois_line_taken UNIQUE NULLS NOT DISTINCT (zone_id, position)
);
COMMENT ON TABLE dos.whois_line IS
    'of what lines WHOIS answers about domains are made, where the registry differs from Specification 4: all of a zone, or with zone_id NULL of all zones that have none';
COMMENT ON COLUMN dos.whois_line.label IS 'the label, in any language, or the text of an item "text"; NULL: the usual one';
SELECT pg_catalog.pg_extension_config_dump('dos.whois_line', '');
INSERT INTO dos_internal.zone_part (n, part, place, keys, defaults) VALUES
    (20, 'directory', 'directory_setting', '{name}', '{}'), (21, 'disclosure', 'disclosure', '{role,field,reader,person,country}', '{"preference": true}'), (22, 'whois_lines', 'whois_line', '{position}', '{}');


CREATE TRIGGER whois_line_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.whois_line
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.directory_policy_changed();
CREATE TRIGGER disclosure_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.directory_policy_changed();
CREATE TRIGGER directory_setting_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON dos.directory_setting
    FOR EACH STATEMENT EXECUTE FUNCTION dos_internal.directory_policy_changed();

CREATE FUNCTION dos.disclosure_policy(zone_id int DEFAULT NULL, reader text DEFAULT NULL, OUT role text, OUT field text, OUT show boolean,
                                      OUT preference boolean, OUT method text) RETURNS SETOF record
LANGUAGE c STABLE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'dos_sql_disclosure_policy';
COMMENT ON FUNCTION dos.disclosure_policy(int, text) IS
    'the policy of disclosure in force for a zone, or with NULL for contacts asked for by handle, and for a tier of readers, or with NULL for the public: every role and field';

CREATE FUNCTION dos.directory_settings(OUT name text, OUT initial text, OUT meaning text) RETURNS SETOF record
LANGUAGE c IMMUTABLE AS 'MODULE_PATHNAME', 'dos_sql_directory_settings';
COMMENT ON FUNCTION dos.directory_settings() IS 'the settings that dos.directory_setting may hold, their defaults and meaning';
