-- Domain and host names: one canonical form, so that no comparison can miss a list.
-- Canonical is: A-labels, lower case, no final dot, letters-digits-hyphen, at most 63 and 253 octets.

CREATE FUNCTION dos.dname(name text) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dname';
COMMENT ON FUNCTION dos.dname(text) IS
    'canonical form of a host name given as A- or U-labels in any case (RFC 1035, 5891); error R2005 with the rule that it breaks';

CREATE FUNCTION dos.dname_problem(name text) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dname_problem';
COMMENT ON FUNCTION dos.dname_problem(text) IS 'why a name has no canonical form, or NULL when it has one';

-- Labels of emoji (emoji_rules.c): names may have them as A-labels; which zone takes which is its policy.
CREATE FUNCTION dos.emoji_alabel(label text) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_emoji_alabel';
COMMENT ON FUNCTION dos.emoji_alabel(text) IS 'the A-label of a label of emoji as people write it, in normal form (RFC 3492, no variation selectors); R2005 for any other label';

CREATE FUNCTION dos_internal.emoji_normal(text) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_emoji_normal';
COMMENT ON FUNCTION dos_internal.emoji_normal(text) IS 'text of emoji and letters in normal form, NULL for any other';

CREATE FUNCTION dos_internal.emoji_is_label(label text) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_emoji_is_label';
COMMENT ON FUNCTION dos_internal.emoji_is_label(text) IS 'is this the A-label of a label of emoji in normal form?';

CREATE FUNCTION dos.dname_unicode(name text) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dname_unicode';
COMMENT ON FUNCTION dos.dname_unicode(text) IS 'the same name in U-labels (RFC 5891); labels that do not convert stay as they are';

CREATE FUNCTION dos_internal.dname_is_canonical(name text) RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dname_is_canonical';
COMMENT ON FUNCTION dos_internal.dname_is_canonical(text) IS 'true when dos.dname(name) would return it unchanged';

CREATE DOMAIN dos.hostname AS text COLLATE "C"
    CONSTRAINT hostname_canonical CHECK (dos_internal.dname_is_canonical(VALUE));
COMMENT ON DOMAIN dos.hostname IS 'a domain or host name in canonical form, see dos.dname(text)';

-- 'a.b.example' has the parents 'b.example' and 'example'.
CREATE FUNCTION dos_internal.dname_ancestors(name text) RETURNS text[]
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'dos_sql_dname_ancestors';
COMMENT ON FUNCTION dos_internal.dname_ancestors(text) IS 'the names above a canonical name, nearest first';
