-- Standbys: how far one is behind. A quiet primary commits nothing, so the age of the last change alone would not tell.

CREATE FUNCTION dos.standby_lag() RETURNS double precision
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN NOT pg_is_in_recovery() THEN NULL
                WHEN w.status = 'streaming' AND pg_last_wal_replay_lsn() >= w.latest_end_lsn
                    THEN greatest(extract(epoch FROM clock_timestamp() - w.last_msg_receipt_time) - 10, 0)
                ELSE greatest(extract(epoch FROM clock_timestamp() - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time())), 0) END
      FROM (SELECT) AS one LEFT JOIN pg_stat_wal_receiver AS w ON true
$$;
COMMENT ON FUNCTION dos.standby_lag() IS
    'seconds this standby is behind: 0 when it has replayed all that its primary has sent and hears of it (a primary is heard every 10 s), else the age of the last change replayed; NULL on a primary';

GRANT EXECUTE ON FUNCTION dos.standby_lag() TO dos_rdds, dos_dns;
