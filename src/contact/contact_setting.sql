-- What a registry says about all its contacts; what a zone says of the contacts of its domains is in dos.zone.

CREATE TABLE dos.contact_setting (
    one              boolean  CONSTRAINT contact_setting_pkey PRIMARY KEY DEFAULT true CONSTRAINT contact_setting_one CHECK (one),
    transfer         boolean  NOT NULL DEFAULT true,
    transfer_pending interval NOT NULL DEFAULT '5 days' CONSTRAINT contact_setting_pending_range CHECK (dos_internal.period_has_length(transfer_pending)),
    transfer_lock    interval NOT NULL DEFAULT '0'      CONSTRAINT contact_setting_lock_range CHECK (dos_internal.period_has_length(transfer_lock)),
    handles          text     NOT NULL DEFAULT 'global' CONSTRAINT contact_setting_handles_known CHECK (handles IN ('global', 'registrar')),
    postal           text     NOT NULL DEFAULT 'any'    CONSTRAINT contact_setting_postal_known CHECK (postal IN ('any', 'int', 'loc', 'both', 'one')),
    required_fields  text[]   NOT NULL DEFAULT '{}'     CONSTRAINT contact_setting_required_known CHECK (required_fields <@ '{org,street,sp,pc,voice,fax,auth}'),
    forbidden_fields text[]   NOT NULL DEFAULT '{}'     CONSTRAINT contact_setting_forbidden_known CHECK (forbidden_fields <@ '{org,street,sp,pc,voice,fax}'),
    roid_suffix      text     NOT NULL DEFAULT 'DOS'    CONSTRAINT contact_setting_roid_form CHECK (roid_suffix ~ '^[A-Z0-9]{1,8}$'),
    own              boolean  NOT NULL DEFAULT true,
    CONSTRAINT contact_setting_fields_order CHECK (NOT required_fields && forbidden_fields)
);
COMMENT ON TABLE dos.contact_setting IS 'the registry''s rules for contacts: whether they can be transferred (otherwise 2101), how long a request waits for an answer, how long a new contact stays; '
    'whether ids are the registry''s or each registrar''s own; which postal forms and fields a contact must or may not have';
SELECT pg_catalog.pg_extension_config_dump('dos.contact_setting', 'WHERE own');
INSERT INTO dos.contact_setting (own) VALUES (false);
CREATE TRIGGER contact_setting_shipped BEFORE INSERT OR UPDATE ON dos.contact_setting
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('one');
