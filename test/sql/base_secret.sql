-- Secrets: salted hashes, compared, never shown.
SELECT length(dos_internal.password_hash('secret')) AS octets,
       dos_internal.password_hash('secret') <> dos_internal.password_hash('secret') AS salted;
SELECT length(dos_internal.authinfo_hash('secret')) AS octets,
       dos_internal.authinfo_hash('secret') <> dos_internal.authinfo_hash('secret') AS salted;

SELECT t.stored, t.given, dos_internal.password_matches(t.given, dos_internal.password_hash(t.stored)) AS password,
       dos_internal.authinfo_matches(t.given, dos_internal.authinfo_hash(t.stored)) AS authinfo
FROM (VALUES
    ('secret', 'Secret'), ('secret', 'secret '), ('secret', ''), ('secret', NULL), (NULL, 'secret'), (NULL, NULL), (NULL, ''),
    ('', ''), ('secret', 'secret'), ('pässwörd', 'pässwörd')) AS t (stored, given);

-- a hash that is none never matches
SELECT dos_internal.password_matches('secret', h) AS password, dos_internal.authinfo_matches('secret', h) AS authinfo
FROM (VALUES (NULL::bytea), (''), ('\x00'), (decode(repeat('00', 48), 'hex'))) AS t (h);
