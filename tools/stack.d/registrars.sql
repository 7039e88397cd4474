-- Every registrar of IANA's list becomes iana-<ID>. The accredited ones may act and have an account; 9995 and
-- 9996, which IANA keeps for testing, are the two that can log in.
-- psql variables: clid1, pw1, cert1 (fingerprint), clid2, pw2, cert2.
BEGIN;
CREATE TEMPORARY TABLE iana (id int, name text, status text, rdap_base_url text) ON COMMIT DROP;
\copy iana FROM 'test/data/registrar-ids-1.csv' WITH (FORMAT csv, HEADER true)

INSERT INTO dos.registrar (clid, iana_id, name, state, rdap_base_url)
SELECT 'iana-' || id, id, name,
       CASE status WHEN 'Accredited' THEN 'ok' WHEN 'Terminated' THEN 'terminated' ELSE 'pending' END,
       nullif(rdap_base_url, '')
  FROM iana ORDER BY id;
-- thousands of rows came at once: plans made for empty tables would scan them all each time
ANALYZE dos.registrar;
-- IANA's list says nothing of where these two can be reached, and RDAP and WHOIS should
UPDATE dos.registrar AS r
   SET state = 'ok', url = 'https://' || s.site, whois_server = 'whois.' || s.site, rdap_base_url = 'https://rdap.' || s.site || '/',
       email = 'info@' || s.site, voice = '+1.5555550100', fax = '+1.5555550101', abuse_email = 'abuse@' || s.site, abuse_voice = '+1.5555550102',
       postal = ARRAY[NULL, NULL, '1 Example Way', NULL, NULL, 'Springfield', 'VA', '22150', 'US']
  FROM (VALUES (:'clid1', 'one.example.com'), (:'clid2', 'two.example.com')) AS s(clid, site)
 WHERE r.clid = s.clid;
SELECT dos.registrar_contact_set(p.clid, p.role, 'Demo ' || p.role, p.role || '@example.com', '+1.5555550103')
  FROM (SELECT clid, role FROM unnest(ARRAY[:'clid1', :'clid2']) AS clid, unnest('{administrative,technical}'::text[]) AS role) AS p \g /dev/null

SELECT dos.registrar_password(:'clid1', :'pw1'), dos.registrar_password(:'clid2', :'pw2') \g /dev/null
INSERT INTO dos.registrar_certificate (registrar_id, fingerprint)
SELECT r.id, pin.fingerprint
  FROM (VALUES (:'clid1', :'cert1'), (:'clid2', :'cert2')) AS pin(clid, fingerprint)
  JOIN dos.registrar AS r USING (clid);

-- 64 slices keep the sessions of a busy registrar out of each other's way; the idle ones need one
SELECT dos.account_open(clid, 'USD', slices => CASE WHEN clid IN (:'clid1', :'clid2') THEN 64 ELSE 1 END)
  FROM dos.registrar WHERE state = 'ok' \g /dev/null
ANALYZE dos.account, dos.account_slice;
SELECT dos.account_deposit(clid, 'USD', 100000000, 'opening balance ' || clid)
  FROM dos.registrar WHERE state = 'ok' \g /dev/null
COMMIT;

SELECT count(*) || ' ' || state FROM dos.registrar GROUP BY state ORDER BY count(*) DESC;
