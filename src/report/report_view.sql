-- What an operator asks every day: names, what expires, money by zone, registrar and command, money not earned yet.
-- As CSV: COPY (SELECT * FROM dos.revenue) TO STDOUT CSV HEADER.

CREATE VIEW dos.domains_managed AS
    SELECT z.name::text AS zone, r.clid AS registrar, count(*) AS domains, count(*) FILTER (WHERE d.deleted_at IS NOT NULL) AS deleted,
           count(*) FILTER (WHERE (d.pending).kind = 'create') AS pending, count(*) FILTER (WHERE d.host_ids <> '{}' OR d.host_attrs <> '{}') AS with_name_servers,
           count(*) FILTER (WHERE d.ds <> '{}' OR d.keys <> '{}') AS signed, count(*) FILTER (WHERE d.idn_table_id IS NOT NULL) AS idn
      FROM dos.domain AS d JOIN dos.zone AS z ON z.id = d.zone_id JOIN dos.registrar AS r ON r.id = d.registrar_id
     GROUP BY z.name, r.clid;
COMMENT ON VIEW dos.domains_managed IS 'domains under management by zone and registrar: in redemption or pendingDelete, waiting for approval, with name servers, signed, IDN';

CREATE VIEW dos.domains_expiring AS
    SELECT d.name::text AS name, z.name::text AS zone, r.clid AS registrar, s.expires_at, (s.expires_at AT TIME ZONE 'UTC')::date - (dos.now() AT TIME ZONE 'UTC')::date AS days,
           coalesce(d.autorenew, r.autorenew, z.autorenew) AS renews_itself
      FROM dos.domain AS d JOIN dos.zone AS z ON z.id = d.zone_id JOIN dos.registrar AS r ON r.id = d.registrar_id, LATERAL dos_internal.domain_state(d, dos.now()) AS s
     WHERE d.deleted_at IS NULL AND s.registered AND isfinite(s.expires_at) AND s.expires_at <= dos.now() + interval '90 days';
COMMENT ON VIEW dos.domains_expiring IS 'names that expire within 90 days or have expired and are kept, and whether they renew by themselves';

-- Money that became or stopped being revenue. A correction of the ledger has no name: it counts for no zone.
CREATE VIEW dos.revenue AS
    SELECT to_char(e.made_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, (dos_internal.zone_of(e.object_name)).name::text AS zone, r.clid AS registrar,
           coalesce(o.kind, e.kind) AS command, a.currency, count(*) FILTER (WHERE o.id IS NULL) AS charges, count(o.id) AS refunds,
           sum(CASE WHEN o.id IS NULL THEN e.amount_minor ELSE -e.amount_minor END)::bigint AS amount_minor,
           dos.money_text(sum(CASE WHEN o.id IS NULL THEN e.amount_minor ELSE -e.amount_minor END)::bigint, a.currency) AS amount, w.name AS operator
      FROM dos.ledger_entry AS e
      LEFT JOIN dos.ledger_entry AS o ON o.id = e.reverses_id
      JOIN dos.account AS v ON v.kind = 'revenue' AND v.id = CASE WHEN o.id IS NULL THEN e.credit_account_id ELSE e.debit_account_id END
      JOIN dos.account AS a ON a.id = CASE WHEN o.id IS NULL THEN e.debit_account_id ELSE e.credit_account_id END
      JOIN dos.operator AS w ON w.id = v.operator_id
      LEFT JOIN dos.registrar AS r ON r.id = a.registrar_id
     GROUP BY 1, 2, 3, 4, a.currency, w.name;
COMMENT ON VIEW dos.revenue IS
    'revenue by month (UTC), zone, registrar, command, currency and the operator it is owed to: charges less what went back in that month; adds up to the revenue accounts';

-- The years of a domain are those of its charges, the last one ending with its expiry; what lies ahead is not earned yet.
-- A name that is deleted gives nothing back: all of it is earned.
CREATE FUNCTION dos.deferred_revenue(at timestamptz DEFAULT dos.now(), OUT zone text, OUT currency text, OUT domains bigint, OUT charged_minor bigint,
                                     OUT earned_minor bigint, OUT deferred_minor bigint, OUT operator text) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH term AS (
        SELECT d.id, d.zone_id, a.currency, v.operator_id, e.amount_minor,
               dos.period_add_years(d.expires_at, -(sign(sum(m.months) OVER later - m.months) * 1000 + sum(m.months) OVER later - m.months)::int, d.created_at) AS ends_at,
               dos.period_add_years(d.expires_at, -(1000 + sum(m.months) OVER later)::int, d.created_at) AS begins_at
          FROM dos_internal.escrow_domain_rows(deferred_revenue.at) AS d
          JOIN dos.ledger_entry AS e ON e.object_id = d.id AND e.kind IN ('create', 'renew', 'autorenew', 'transfer') AND e.years > 0 AND e.made_at <= deferred_revenue.at
                                    AND e.pricing ->> 'with' IS NULL
         CROSS JOIN LATERAL dos_internal.term_months(e.years) AS m (months)
          JOIN dos.account AS a ON a.id = e.debit_account_id
          JOIN dos.account AS v ON v.id = e.credit_account_id AND v.kind = 'revenue'
         WHERE d.deleted_at IS NULL AND isfinite(d.expires_at)
           AND NOT EXISTS (SELECT FROM dos.ledger_entry AS r WHERE r.reverses_id = e.id AND r.made_at <= deferred_revenue.at)
        WINDOW later AS (PARTITION BY d.id ORDER BY e.id DESC)),
    open AS (
        SELECT t.*, round(t.amount_minor * least(greatest(extract(epoch FROM t.ends_at - deferred_revenue.at) / nullif(extract(epoch FROM t.ends_at - t.begins_at), 0), 0), 1)) AS deferred
          FROM term AS t)
    SELECT z.name::text, o.currency, count(DISTINCT o.id), sum(o.amount_minor)::bigint, sum(o.amount_minor - o.deferred)::bigint, sum(o.deferred)::bigint, w.name
      FROM open AS o JOIN dos.zone AS z ON z.id = o.zone_id JOIN dos.operator AS w ON w.id = o.operator_id GROUP BY z.name, o.currency, w.name ORDER BY 1, 2, 7
$$;
COMMENT ON FUNCTION dos.deferred_revenue(timestamptz) IS
    'of the charges for years of names registered at an instant, by zone, currency and operator, in minor units: what is earned by then and what lies ahead, day by day';
