-- Which zones are escrowed, and how.

CREATE TABLE dos.escrow_setting (
    zone_id      int CONSTRAINT escrow_setting_pkey PRIMARY KEY CONSTRAINT escrow_setting_zone REFERENCES dos.zone ON DELETE CASCADE,
    differential boolean NOT NULL DEFAULT false,
    full_day     int NOT NULL DEFAULT 0 CONSTRAINT escrow_setting_full_day_range CHECK (full_day BETWEEN 0 AND 6),
    thin_day     int CONSTRAINT escrow_setting_thin_day_range CHECK (thin_day BETWEEN 0 AND 6),
    due_within   interval NOT NULL DEFAULT '20 hours',
    daily        boolean NOT NULL DEFAULT true,
    alarmed_at   timestamptz,
    idn_table_url  text,
    idn_policy_url text,
    import_open  boolean NOT NULL DEFAULT false,
    deliver      boolean NOT NULL DEFAULT false,
    accepted_within interval NOT NULL DEFAULT '24 hours'
);
COMMENT ON TABLE dos.escrow_setting IS
    'escrow of each zone: daily or not; full deposits every day, or differential ones but on full_day (0 is Sunday); thin_day: the day on which ICANN fetches the thin deposit (BRDA), which is of the day before';
COMMENT ON COLUMN dos.escrow_setting.due_within IS 'alarm when a day''s deposit is not finished so long after 00:00 UTC';
COMMENT ON COLUMN dos.escrow_setting.deliver IS 'dos-escrow deliver sends this zone''s deposits to the agent';
COMMENT ON COLUMN dos.escrow_setting.accepted_within IS 'alarm when no agent has accepted a day''s deposit so long after 00:00 UTC';
COMMENT ON COLUMN dos.escrow_setting.idn_table_url IS 'where the zone''s IDN tables are published, %s is the name of one';
COMMENT ON COLUMN dos.escrow_setting.import_open IS 'deposits may be loaded into this zone; switch it off again';
SELECT pg_catalog.pg_extension_config_dump('dos.escrow_setting', '');
INSERT INTO dos_internal.zone_part (n, part, place, keys, defaults, hidden) VALUES
    (30, 'escrow', 'escrow_setting', '{}', '{"differential": false, "full_day": 0, "due_within": "20:00:00", "daily": true, "deliver": false, "accepted_within": "24:00:00"}', '{alarmed_at,import_open}');

