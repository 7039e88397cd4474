-- What staff of one operator reads: views that show its own zones, names, prices, lists, money, reports and records, and nothing of
-- another's. The tables themselves stay closed to it, and have no row security, which the rows that verbs put without a query
-- (row_put.c) would have to step aside for. Each view asks once who reads (dos_internal.operators_seen()).

CREATE VIEW dos.operator_own WITH (security_barrier) AS
    SELECT o.name AS operator, o.legal_name, o.postal, o.contacts, o.currency, o.roid_suffix, o.country, o.tax_id, o.invoice_prefix, o.escrow_agent, o.role
      FROM dos.operator AS o WHERE o.id = ANY ((SELECT dos_internal.operators_seen())::int[]);
COMMENT ON VIEW dos.operator_own IS 'the operators whose staff reads this (the registry''s: all)';

CREATE VIEW dos.operator_zone WITH (security_barrier) AS
    SELECT o.name AS operator, z.id AS zone_id, z.name::text AS zone, z.kind, z.currency, z.roid_suffix, z.host_model, z.published, z.created_at
      FROM dos.zone AS z JOIN dos.operator AS o ON o.id = z.operator_id
     WHERE z.operator_id = ANY ((SELECT dos_internal.operators_seen())::int[]);
COMMENT ON VIEW dos.operator_zone IS 'zones of the operator whose staff reads this; dos.zone_config() tells all of their policy';

CREATE VIEW dos.operator_domain WITH (security_barrier) AS
    SELECT z.operator, z.zone, d.name::text AS name, d.roid, r.clid AS registrar, d.statuses, d.created_at, d.updated_at, d.transferred_at, d.expires_at, d.deleted_at,
           (d.transfer).status AS transfer, (d.pending).kind AS pending, d.ds, d.keys, d.host_attrs, d.phase_id, d.idn_table_id
      FROM dos.domain AS d JOIN dos.operator_zone AS z ON z.zone_id = d.zone_id JOIN dos.registrar AS r ON r.id = d.registrar_id;
COMMENT ON VIEW dos.operator_domain IS 'domains in the operator''s zones as they are written; dos.domain_state() projects them';

CREATE VIEW dos.operator_domain_version WITH (security_barrier) AS
    SELECT z.operator, z.zone, h.object_name AS name, tstzrange(h.began_at, h.ended_at) AS valid, (h.made).registrar, (h.made).staff, (h.made).verb, (h.made).svtrid, (h.made).reason, h.image
      FROM dos.object_history AS h JOIN dos.operator_zone AS z ON z.zone_id = (h.image ->> 'zone_id')::int WHERE h.kind = 'domain';
COMMENT ON VIEW dos.operator_domain_version IS 'versions of domains in the operator''s zones that have ended';

CREATE VIEW dos.operator_application WITH (security_barrier) AS
    SELECT z.operator, z.zone, p.name AS phase, a.number, a.name::text AS name, r.clid AS registrar, a.status, a.status_name, a.reason, a.years, a.amount_minor, a.currency,
           a.created_at, a.updated_at, a.decided_at, a.marks
      FROM dos.application AS a JOIN dos.operator_zone AS z ON z.zone_id = a.zone_id JOIN dos.phase AS p ON p.id = a.phase_id JOIN dos.registrar AS r ON r.id = a.registrar_id;
COMMENT ON VIEW dos.operator_application IS 'launch applications in the operator''s zones';

CREATE VIEW dos.operator_price WITH (security_barrier) AS
    SELECT z.operator, z.zone, p.id, p.command, p.years, p.currency, p.amount_minor, p.valid, p.class, p.phase, r.clid AS registrar, g.name AS price_group, p.announced_at, p.comment
      FROM dos.price AS p JOIN dos.operator_zone AS z USING (zone_id) LEFT JOIN dos.registrar AS r ON r.id = p.registrar_id LEFT JOIN dos.price_group AS g ON g.id = p.group_id;
COMMENT ON VIEW dos.operator_price IS 'prices of the operator''s zones';

CREATE VIEW dos.operator_fee WITH (security_barrier) AS
    SELECT z.operator, z.zone, f.id, f.name, f.commands, f.currency, f.amount_minor, f.each_year, f.refundable, f.phase, f.valid FROM dos.fee AS f JOIN dos.operator_zone AS z USING (zone_id);
COMMENT ON VIEW dos.operator_fee IS 'named fees of the operator''s zones';

CREATE VIEW dos.operator_promotion WITH (security_barrier) AS
    SELECT z.operator, z.zone, p.id, p.name, p.commands, p.class, p.phase, p.registrars, p.percent, p.amount_minor, p.currency, p.free_years, p.quota, p.budget_minor, u.used, u.spent_minor, p.enabled, p.valid, p.comment
      FROM dos.promotion AS p JOIN dos.operator_zone AS z USING (zone_id) LEFT JOIN dos.promotion_use AS u ON u.promotion_id = p.id;
COMMENT ON VIEW dos.operator_promotion IS 'promotions of the operator''s zones and what was used of them; those of all zones are the registry''s';

CREATE VIEW dos.operator_phase WITH (security_barrier) AS
    SELECT z.operator, z.zone, p.name, p.kind, p.during, p.rank, p.launch_required, p.mode, p.validation, p.settled_at, p.claims, p.marks, p.registrars, p.names_list, p.classes, p.years, p.comment
      FROM dos.phase AS p JOIN dos.operator_zone AS z USING (zone_id);
COMMENT ON VIEW dos.operator_phase IS 'launch phases of the operator''s zones';

CREATE VIEW dos.operator_reserved WITH (security_barrier) AS
    SELECT z.operator, z.zone, l.name AS list, l.class, n.label, n.effective_at, n.expires_at, n.comment
      FROM dos.reserved_zone AS u JOIN dos.operator_zone AS z USING (zone_id) JOIN dos.reserved_list AS l ON l.id = u.list_id LEFT JOIN dos.reserved_name AS n ON n.list_id = l.id;
COMMENT ON VIEW dos.operator_reserved IS 'lists of reserved names that the operator''s zones name, and their labels';

CREATE VIEW dos.operator_nndn WITH (security_barrier) AS
    SELECT z.operator, z.zone, n.name::text AS name, n.state, n.variant_of::text AS variant_of, n.created_at, n.expires_at, n.comment FROM dos.nndn AS n JOIN dos.operator_zone AS z USING (zone_id);
COMMENT ON VIEW dos.operator_nndn IS 'names in the operator''s zones that are no domains and not free';

CREATE VIEW dos.operator_premium WITH (security_barrier) AS
    SELECT z.operator, z.zone, l.name AS list, e.starts_at, n.label, n.class
      FROM dos.premium_list AS l JOIN dos.operator_zone AS z USING (zone_id) JOIN dos.premium_edition AS e ON e.list_id = l.id JOIN dos.premium_label AS n ON n.edition_id = e.id;
COMMENT ON VIEW dos.operator_premium IS 'labels of the premium lists of the operator''s zones';

CREATE VIEW dos.operator_token WITH (security_barrier) AS
    SELECT z.operator, z.zone, t.token, t.max_uses, t.uses, t.valid, t.enabled, t.name::text AS name, r.clid AS registrar, t.commands, t.percent, t.amount_minor, t.price_minor, t.currency, t.releases, t.batch, t.comment
      FROM dos.token AS t JOIN dos.operator_zone AS z USING (zone_id) LEFT JOIN dos.registrar AS r ON r.id = t.registrar_id;
COMMENT ON VIEW dos.operator_token IS 'allocation tokens of the operator''s zones; those of all zones are the registry''s';

CREATE VIEW dos.operator_package WITH (security_barrier) AS
    SELECT z.operator, z.zone, p.name AS package, r.clid AS registrar, p.creates_max, p.domains_max, p.currency, p.price_minor, p.months, p.renews, p.began_at, p.ends_at
      FROM dos.package AS p JOIN dos.operator_zone AS z USING (zone_id) JOIN dos.registrar AS r ON r.id = p.registrar_id;
COMMENT ON VIEW dos.operator_package IS 'packages sold in the operator''s zones';

CREATE VIEW dos.operator_account WITH (security_barrier) AS
    SELECT o.name AS operator, a.id AS account_id, a.kind AS account, r.clid AS registrar, a.currency, a.billing, a.credit_limit_minor, a.low_minor, a.low_percent,
           s.available_minor, s.available_minor - a.credit_limit_minor AS balance_minor
      FROM dos.account AS a JOIN dos.operator AS o ON o.id = a.operator_id LEFT JOIN dos.registrar AS r ON r.id = a.registrar_id
     CROSS JOIN LATERAL (SELECT sum(s.available_minor)::bigint AS available_minor FROM dos.account_slice AS s WHERE s.account_id = a.id) AS s
     WHERE a.operator_id = ANY ((SELECT dos_internal.operators_seen())::int[]);
COMMENT ON VIEW dos.operator_account IS 'accounts that registrars have with the operator, with balances, and its own';

CREATE VIEW dos.operator_ledger_line WITH (security_barrier) AS
    SELECT l.operator, l.entry_id, l.made_at, l.account, l.registrar, l.currency, l.amount_minor, l.amount, l.kind, l.object_name, l.years, l.reverses_id, l.svtrid, l.reference
      FROM dos.ledger_line AS l WHERE l.account_id IN (SELECT a.account_id FROM dos.operator_account AS a);
COMMENT ON VIEW dos.operator_ledger_line IS 'both sides of every ledger entry of the operator; sums to zero';

CREATE VIEW dos.operator_invoice WITH (security_barrier) AS
    SELECT i.* FROM dos.invoice AS i WHERE i.account_id IN (SELECT a.account_id FROM dos.operator_account AS a);
COMMENT ON VIEW dos.operator_invoice IS 'invoices and credit notes of the operator';

CREATE VIEW dos.operator_invoice_detail WITH (security_barrier) AS
    SELECT d.* FROM dos.invoice_detail AS d WHERE d.number IN (SELECT i.number FROM dos.operator_invoice AS i);
COMMENT ON VIEW dos.operator_invoice_detail IS 'the lines of the operator''s invoices';

CREATE VIEW dos.operator_report WITH (security_barrier) AS
    SELECT z.operator, z.zone, r.id, r.report, r.month, r.revision, r.made_at, r.file_name, r.content, r.digest, r.reason FROM dos.report AS r JOIN dos.operator_zone AS z USING (zone_id);
COMMENT ON VIEW dos.operator_report IS 'monthly reports of the operator''s zones as they were made';

CREATE VIEW dos.operator_policy_change WITH (security_barrier) AS
    SELECT z.operator, z.zone, c.id, c.changed_at, c.changed_by, c.place, c.was, c.became, c.reason FROM dos.policy_change AS c JOIN dos.operator_zone AS z USING (zone_id);
COMMENT ON VIEW dos.operator_policy_change IS 'changes of policy of the operator''s zones';

-- The longest zone that holds a name, also one that is no more; views may not ask dos_internal.zone_of(), which reads as the reader.
CREATE VIEW dos.operator_audit WITH (security_barrier) AS
    SELECT o.name AS operator, z.name::text AS zone, a.id, a.happened_at, a.role, a.staff, a.act, a.object_kind, a.object_name, a.reason, a.svtrid, a.content
      FROM dos.audit AS a
     CROSS JOIN LATERAL (SELECT z.name, z.operator_id FROM dos.zone AS z
                          WHERE a.object_kind IN ('domain', 'zone') AND (a.object_name = z.name OR right(a.object_name, length(z.name) + 1) = '.' || z.name)
                          ORDER BY length(z.name) DESC LIMIT 1) AS z
      JOIN dos.operator AS o ON o.id = z.operator_id
     WHERE z.operator_id = ANY ((SELECT dos_internal.operators_seen())::int[]);
COMMENT ON VIEW dos.operator_audit IS 'acts of staff on domains in the operator''s zones';

-- What is added up, by functions of the registry.
CREATE FUNCTION dos_internal.operator_revenue() RETURNS SETOF dos.revenue
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT v.* FROM dos.revenue AS v JOIN dos.operator AS o ON o.name = v.operator WHERE o.id = ANY ((SELECT dos_internal.operators_seen())::int[])
$$;
COMMENT ON FUNCTION dos_internal.operator_revenue() IS 'dos.revenue of the operators whose staff asks';
CREATE VIEW dos.operator_revenue WITH (security_barrier) AS SELECT v.* FROM dos_internal.operator_revenue() AS v;
COMMENT ON VIEW dos.operator_revenue IS 'revenue of the operator by month, zone, registrar, command and currency';

CREATE FUNCTION dos_internal.operator_expiring() RETURNS SETOF dos.domains_expiring
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT v.* FROM dos.domains_expiring AS v WHERE v.zone IN (SELECT z.zone FROM dos.operator_zone AS z)
$$;
COMMENT ON FUNCTION dos_internal.operator_expiring() IS 'dos.domains_expiring of the operators whose staff asks';
CREATE VIEW dos.operator_domains_expiring WITH (security_barrier) AS SELECT v.* FROM dos_internal.operator_expiring() AS v;
COMMENT ON VIEW dos.operator_domains_expiring IS 'names in the operator''s zones that expire within 90 days';

CREATE VIEW dos.operator_domains_managed WITH (security_barrier) AS
    SELECT v.* FROM dos.domains_managed AS v WHERE v.zone IN (SELECT z.zone FROM dos.operator_zone AS z);
COMMENT ON VIEW dos.operator_domains_managed IS 'domains under management in the operator''s zones, by registrar';

CREATE FUNCTION dos_internal.operator_deferred() RETURNS TABLE (zone text, currency text, domains bigint, charged_minor bigint, earned_minor bigint, deferred_minor bigint, operator text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT v.* FROM dos.deferred_revenue() AS v JOIN dos.operator AS o ON o.name = v.operator WHERE o.id = ANY ((SELECT dos_internal.operators_seen())::int[])
$$;
COMMENT ON FUNCTION dos_internal.operator_deferred() IS 'dos.deferred_revenue() of the operators whose staff asks, as of now';
CREATE VIEW dos.operator_deferred_revenue WITH (security_barrier) AS SELECT v.* FROM dos_internal.operator_deferred() AS v;
COMMENT ON VIEW dos.operator_deferred_revenue IS 'of the operator''s charges, what is earned by now and what lies ahead, by zone and currency';
