-- Trademark claims: the list, the claims check, the notice of a create, and everything that can be wrong with it.
SET dos.clock = '2026-05-10T00:00:00Z';
SELECT test.registrar('acme');
SELECT test.thin_zone('new') > 0 AS zone, test.thin_zone('plain') > 0 AS other;

SELECT o.code, o.reason, o.message
FROM (VALUES
    (''), ('2,2026-05-01T00:00:00.0Z'), (E'1,2026-05-01T00:00:00.0Z\n'), (E'1,2026-05-01T00:00:00.0Z\nDNL,lookup-key'),
    (E'1,2026-05-01T00:00:00.0Z\nDNL,lookup-key,insertion-datetime\nexample-one,K1'),
    (E'1,2026-05-01T00:00:00.0Z\nDNL,lookup-key,insertion-datetime\nexample-one,K1,yesterday'),
    (E'1,2026-05-01T00:00:00.0Z\nDNL,lookup-key,insertion-datetime\n-example,K1,2026-05-01T00:00:00.0Z'),
    (E'1,2026-05-01T00:00:00.0Z\nDNL,lookup-key,insertion-datetime\na,K1,2026-05-01T00:00:00.0Z\na,K2,2026-05-01T00:00:00.0Z')) AS t (list),
    test.outcome(format('SELECT dos.claims_load(%L)', t.list)) AS o;
\set list '1,2026-05-01T00:00:00.0Z\nDNL,lookup-key,insertion-datetime\nexample-one,2026050100/1/a/b/key1,2026-05-01T00:00:00.0Z\nfresh,2026050100/2/a/b/key2,2026-05-09T00:00:01.0Z\nseasoned,2026050100/3/a/b/key3,2026-05-09T00:00:00.0Z\n'
SELECT * FROM dos.claims_load(replace(:'list', '\n', E'\n'), dry_run => true);
SELECT * FROM dos.claims_load(replace(:'list', '\n', E'\n'));
SELECT * FROM dos.claims_load(replace(replace(:'list', '\n', E'\r\n'), 'key2', 'key9'));
SELECT count(*) FROM dos.claims_key;
SELECT * FROM dos.claims_list;

SELECT dos.phase_create('new', 'claims', 'claims', '2026-05-01T00:00Z', '2026-08-01T00:00Z') > 0 AS claims,
       dos.phase_create('new', 'open', 'open', '2026-05-01T00:00Z', NULL, 'label_pattern=^[^z]') > 0 AS open;
-- the claims and the trademark form of check: no availability
SELECT t.form, t.phase, t.name, c.available, c.extension
FROM (VALUES ('claims', 'claims', 'example-one.new'), (NULL, 'claims', 'EXAMPLE-ONE.new'), ('claims', 'claims', 'other.new'), ('claims', 'open', 'example-one.new'),
             ('trademark', NULL, 'example-one.new'), ('trademark', NULL, 'example-one.plain'), ('claims', 'open', 'example-one.plain'), ('claims', 'claims', 'bad_name.new')) AS t (form, phase, name),
     dos.domain_check('acme', ARRAY[t.name], jsonb_build_object('launch', jsonb_strip_nulls(jsonb_build_object('type', t.form, 'phase', t.phase)))) AS c;
SELECT o.code, o.reason, o.element FROM test.outcome($$SELECT * FROM dos.domain_check('acme', '{a.new}', '{"launch": {"type": "claims", "phase": "sunrise"}}')$$) AS o;

-- notices: 370d0b7c... is that of RFC 9361 for example-one and 2010-08-16T09:00:00Z; the others were computed alike
CREATE FUNCTION pg_temp.notice(label text, not_after timestamptz) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    crc  bigint := 4294967295;
    text bytea := convert_to(label || extract(epoch FROM not_after)::bigint || '0000000000000000042', 'UTF8');
BEGIN
    FOR i IN 0 .. length(text) - 1 LOOP
        crc := crc # get_byte(text, i);
        FOR bit IN 1 .. 8 LOOP
            crc := (crc >> 1) # CASE crc & 1 WHEN 1 THEN 3988292384 ELSE 0 END;
        END LOOP;
    END LOOP;
    RETURN lpad(to_hex(crc # 4294967295), 8, '0') || '0000000000000000042';
END $$;
SELECT dos_internal.claims_notice_problem('370d0b7c9223372036854775807', 'example-one', '2010-08-16T09:00:00Z') IS NULL AS of_the_rfc;
SELECT t.n, t.name, o.would
FROM (VALUES
    (1, 'example-one.new', NULL, NULL, NULL::timestamptz, NULL::timestamptz, NULL),
    (2, 'example-one.new', 'open', NULL, NULL, NULL, NULL),
    (3, 'example-one.new', 'claims', NULL, NULL, NULL, NULL),
    (4, 'fresh.new', NULL, NULL, NULL, NULL, NULL),
    (5, 'seasoned.new', NULL, NULL, NULL, NULL, NULL),
    (6, 'example-one.plain', NULL, NULL, NULL, NULL, NULL),
    (7, 'other.new', 'claims', 'other', '2026-05-12T00:00Z', '2026-05-09T12:00Z', 'tmch'),
    (8, 'other.plain', 'open', 'other', '2026-05-12T00:00Z', '2026-05-09T12:00Z', 'tmch'),
    (9, 'example-one.new', 'claims', 'example-one', '2026-05-10T00:00Z', '2026-05-09T12:00Z', 'tmch'),
    (10, 'example-one.new', 'claims', 'example-one', '2026-05-10T00:00:01Z', '2026-05-09T12:00Z', 'tmch'),
    (11, 'example-one.new', 'claims', 'example-one', '2026-05-12T00:00Z', '2026-05-10T00:00:01Z', 'tmch'),
    (12, 'example-one.new', 'claims', 'example-one', '2026-05-12T00:00Z', '2026-05-10T00:00Z', 'tmch'),
    (13, 'example-one.new', 'claims', 'example-one', '2026-05-12T00:00Z', '2026-05-07T23:59:59Z', 'tmch'),
    (14, 'example-one.new', 'claims', 'example-one', '2026-05-12T00:00Z', '2026-05-08T00:00Z', 'tmch'),
    (15, 'example-one.new', 'claims', 'example-two', '2026-05-12T00:00Z', '2026-05-09T12:00Z', 'tmch'),
    (16, 'example-one.new', 'claims', '', '2026-05-12T00:00Z', '2026-05-09T12:00Z', 'tmch'),
    (17, 'example-one.new', 'claims', 'example-one', '2026-05-12T00:00Z', '2026-05-09T12:00Z', 'other'),
    (18, 'example-one.new', 'claims', 'example-one', '2026-05-12T00:00Z', '2026-05-09T12:00Z', NULL),
    (19, 'example-one.new', 'open', 'example-one', '2026-05-12T00:00Z', '2026-05-09T12:00Z', 'tmch'),
    (20, 'zebra.new', 'claims', NULL, NULL, NULL, NULL),
    (21, 'zebra.new', NULL, NULL, NULL, NULL, NULL)) AS t (n, name, phase, noticed, not_after, accepted_at, validator),
    LATERAL (SELECT CASE WHEN t.phase IS NOT NULL THEN jsonb_build_object('launch', jsonb_build_object('phase', t.phase)
        || CASE WHEN t.noticed IS NULL THEN '{}' ELSE jsonb_build_object('notices', jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
            'id', CASE t.noticed WHEN '' THEN 'nonsense' ELSE pg_temp.notice(t.noticed, t.not_after) END,
            'not_after', t.not_after, 'accepted_at', t.accepted_at, 'validator', t.validator)))) END) END) AS x (extensions),
    test.would(format('SELECT dos.domain_create(''acme'', %L, extensions => %L)', t.name, x.extensions)) AS o (would)
ORDER BY t.n;

-- the notice is kept with the create
SELECT code FROM dos.domain_create('acme', 'example-one.new', extensions => jsonb_build_object('launch', jsonb_build_object('phase', 'claims', 'notices',
    jsonb_build_array(jsonb_build_object('id', pg_temp.notice('example-one', '2026-05-12T00:00Z'), 'not_after', '2026-05-12T00:00:00Z', 'accepted_at', '2026-05-09T12:00:00Z')))));
SELECT domain_name, right(notice_id, 19) AS number, validator, not_after, accepted_at FROM dos.claims_notice;

-- claims are over: neither check nor create speaks of them
SET dos.clock = '2026-08-01T00:00:00Z';
SELECT extension FROM dos.domain_check('acme', '{seasoned.new}', '{"launch": {"type": "claims", "phase": "open"}}');
SELECT test.would($$SELECT dos.domain_create('acme', 'seasoned.new')$$);

-- marks and applications have their place, and are refused until they are verified
SELECT dos.phase_create('plain', 'sunrise', 'sunrise', '2026-07-01T00:00Z') > 0 AS sunrise;
SELECT t.launch, test.would(format('SELECT dos.domain_create(''acme'', ''a.plain'', extensions => %L)', jsonb_build_object('launch', t.launch::jsonb)))
FROM (VALUES ('{"phase": "sunrise"}'), ('{"phase": "sunrise", "smd": ["x"]}'), ('{"phase": "sunrise", "codes": [{"code": "x"}]}'), ('{"phase": "sunrise", "type": "application"}'), ('{"phase": "sunrise", "type": "registration"}')) AS t (launch);
