-- Every kind of message a registrar can get: the event it is made of, what comes with it, and its words. A test holds this
-- table equal to docs/poll.md.

CREATE TABLE dos.poll_type (
    event      text CONSTRAINT poll_type_pkey PRIMARY KEY,
    kind       text CONSTRAINT poll_type_kind_known CHECK (kind IN ('domain:trnData', 'contact:trnData', 'domain:panData', 'contact:panData',
                    'domain:creData', 'domain:renData', 'domain:infData', 'contact:infData', 'host:infData', 'maint:infData', 'balance:infData')),
    operation  text CONSTRAINT poll_type_operation_known CHECK (operation IN ('create', 'delete', 'renew', 'transfer', 'update', 'restore',
                    'autoRenew', 'autoDelete', 'autoPurge', 'custom')),
    op         text,
    states     text[] NOT NULL DEFAULT '{}' CONSTRAINT poll_type_states_known CHECK (states <@ '{before,after}'),
    switchable boolean NOT NULL DEFAULT false,
    text       text NOT NULL,
    own        boolean NOT NULL DEFAULT true,
    CONSTRAINT poll_type_change CHECK ((operation IS NULL) = (states = '{}'))
);
COMMENT ON TABLE dos.poll_type IS
    'kinds of poll messages: the event, the data that comes with it, the operation that changePoll names (RFC 8590) and for which states, '
    'whether a registrar may switch it off, and the words (%s is the object''s name); own marks those the registry changed';
INSERT INTO dos.poll_type (event, kind, operation, op, states, switchable, text, own) VALUES
    -- transfers, told to both sides (RFC 5731 and 5733 section 3.2.4)
    ('domain.transfer_requested',   'domain:trnData',  NULL, NULL, '{}', false, 'Transfer of %s requested.', false),
    ('domain.transfer_approved',    'domain:trnData',  NULL, NULL, '{}', false, 'Transfer of %s approved.', false),
    ('domain.transfer_completed',   'domain:trnData',  NULL, NULL, '{}', false, 'Transfer of %s approved by the registry.', false),
    ('domain.transfer_rejected',    'domain:trnData',  NULL, NULL, '{}', false, 'Transfer of %s rejected.', false),
    ('domain.transfer_cancelled',   'domain:trnData',  NULL, NULL, '{}', false, 'Transfer of %s cancelled.', false),
    ('contact.transfer_requested',  'contact:trnData', NULL, NULL, '{}', false, 'Transfer of contact %s requested.', false),
    ('contact.transfer_approved',   'contact:trnData', NULL, NULL, '{}', false, 'Transfer of contact %s approved.', false),
    ('contact.transfer_completed',  'contact:trnData', NULL, NULL, '{}', false, 'Transfer of contact %s approved by the registry.', false),
    ('contact.transfer_rejected',   'contact:trnData', NULL, NULL, '{}', false, 'Transfer of contact %s rejected.', false),
    ('contact.transfer_cancelled',  'contact:trnData', NULL, NULL, '{}', false, 'Transfer of contact %s cancelled.', false),
    -- what the clock does
    ('domain.expiring',             'domain:infData',  NULL, NULL, '{}', true, '%s is about to expire.', false),
    ('domain.autorenewed',          'domain:infData',  'autoRenew', NULL, '{after}', true, '%s has been renewed automatically.', false),
    ('domain.autorenew_unpaid',     'domain:infData',  NULL, NULL, '{}', true, '%s could not be renewed automatically: the balance does not cover it.', false),
    ('domain.expired',              'domain:infData',  'autoDelete', NULL, '{after}', true, '%s has expired and is about to be deleted.', false),
    ('domain.restore_lapsed',       'domain:infData',  'custom', 'restoreLapsed', '{after}', true, '%s is in redemption again: its restore report did not come.', false),
    ('domain.purged',               'domain:infData',  'autoPurge', NULL, '{before}', true, '%s has been deleted.', false),
    ('domain.redemption_begun',     'domain:infData',  'autoDelete', NULL, '{after}', true, '%s was not renewed and is in redemption.', false),
    ('domain.collision_held',       'domain:infData',  NULL, NULL, '{}', false, '%s is on hold for a name collision.', false),
    ('contact.idle',                NULL,              NULL, NULL, '{}', true, 'Contact %s is not used and will be removed.', false),
    ('host.idle',                   NULL,              NULL, NULL, '{}', true, 'Host %s is not used and will be removed.', false),
    -- answers to what waited (RFC 5731 section 3.3)
    ('domain.create_approved',      'domain:panData',  NULL, NULL, '{}', false, 'The registration of %s has been approved.', false),
    ('domain.create_rejected',      'domain:panData',  NULL, NULL, '{}', false, 'The registration of %s has been rejected.', false),
    ('domain.update_approved',      'domain:panData',  NULL, NULL, '{}', false, 'The update of %s has been approved.', false),
    ('domain.update_rejected',      'domain:panData',  NULL, NULL, '{}', false, 'The update of %s has been rejected.', false),
    -- launch applications (RFC 8334 section 2.5)
    ('application.resubmitted',     'domain:infData',  NULL, NULL, '{}', false, 'The application for %s will be validated again.', false),
    ('application.validated',       'domain:infData',  NULL, NULL, '{}', false, 'The application for %s is valid.', false),
    ('application.invalidated',     'domain:infData',  NULL, NULL, '{}', false, 'The application for %s is not valid.', false),
    ('application.contended',       'domain:infData',  NULL, NULL, '{}', false, 'Several applicants want %s; who gets it is being found out.', false),
    ('application.customized',      'domain:infData',  NULL, NULL, '{}', false, 'The application for %s has another status.', false),
    ('application.allocated',       'domain:panData',  NULL, NULL, '{}', false, 'The application for %s was successful: the name is registered.', false),
    ('application.rejected',        'domain:panData',  NULL, NULL, '{}', false, 'The application for %s was rejected.', false),
    -- what somebody else's command does
    ('domain.host_renamed',         'domain:infData',  'update', NULL, '{after}', true, 'A name server of %s has another name, for its domain is gone.', false),
    ('domain.host_removed',         'domain:infData',  'update', NULL, '{after}', true, 'A name server of %s has been removed, for its domain is gone.', false),
    ('host.renamed',                'host:infData',    'update', NULL, '{after}', true, 'A name server of your domains has a new name: %s.', false),
    -- what staff does
    ('domain.created',              'domain:infData',  'create', NULL, '{after}', false, 'The registry has created %s.', false),
    ('domain.updated',              'domain:infData',  'update', NULL, '{before,after}', false, 'The registry has changed %s.', false),
    ('domain.renewed',              'domain:infData',  'renew', NULL, '{after}', false, 'The registry has renewed %s.', false),
    ('domain.renewal_undone',       'domain:infData',  'custom', 'undoRenew', '{before,after}', false, 'The registry has taken a renewal of %s back.', false),
    ('domain.delete_pending',       'domain:infData',  'delete', NULL, '{before,after}', false, 'The registry has deleted %s; it can still be restored.', false),
    ('domain.deleted',              'domain:infData',  'delete', 'purge', '{before}', false, 'The registry has deleted %s.', false),
    ('domain.restored',             'domain:infData',  'restore', 'report', '{after}', false, 'The registry has restored %s.', false),
    ('domain.moved',                'domain:trnData',  'transfer', 'approve', '{after}', false, 'The registry has moved %s to another registrar.', false),
    ('contact.updated',             'contact:infData', 'update', NULL, '{before,after}', false, 'The registry has changed contact %s.', false),
    ('contact.deleted',             'contact:infData', 'delete', 'purge', '{before}', false, 'The registry has deleted contact %s.', false),
    ('contact.moved',               'contact:trnData', 'transfer', 'approve', '{after}', false, 'The registry has moved contact %s to another registrar.', false),
    ('host.updated',                'host:infData',    'update', NULL, '{before,after}', false, 'The registry has changed host %s.', false),
    ('host.deleted',                'host:infData',    'delete', 'purge', '{before}', false, 'The registry has deleted host %s.', false),
    ('registrar.portfolio_moved',   NULL,              NULL, NULL, '{}', false, 'The registry has moved objects between registrars: %s.', false),
    -- about the registrar itself
    ('registrar.balance_low',       'balance:infData', NULL, NULL, '{}', true, 'The balance of account %s is low.', false),
    ('invoice.issued',              NULL,              NULL, NULL, '{}', true, 'Invoice %s has been issued.', false),
    ('invoice.credited',            NULL,              NULL, NULL, '{}', true, 'Credit note %s has been issued.', false),
    ('price.announced',             NULL,              NULL, NULL, '{}', false, 'New prices have been announced for %s.', false),
    ('package.begun',               NULL,              NULL, NULL, '{}', true, 'Package %s has begun.', false),
    ('package.filling',             NULL,              NULL, NULL, '{}', true, 'Package %s is filling up.', false),
    ('package.ending',              NULL,              NULL, NULL, '{}', true, 'The term of package %s is about to end.', false),
    ('package.renewed',             NULL,              NULL, NULL, '{}', true, 'Package %s has been renewed.', false),
    ('package.ended',               NULL,              NULL, NULL, '{}', false, 'Package %s has ended.', false),
    ('maintenance.created',         'maint:infData',   NULL, NULL, '{}', true, 'Maintenance %s has been announced.', false),
    ('maintenance.updated',         'maint:infData',   NULL, NULL, '{}', true, 'Maintenance %s has changed.', false),
    ('maintenance.deleted',         'maint:infData',   NULL, NULL, '{}', true, 'Maintenance %s has been called off.', false),
    ('maintenance.ended',           'maint:infData',   NULL, NULL, '{}', true, 'Maintenance %s is over.', false),
    ('registrar.message',           NULL,              NULL, NULL, '{}', false, '%s', false);
SELECT pg_catalog.pg_extension_config_dump('dos.poll_type', 'WHERE own');
CREATE TRIGGER poll_type_shipped BEFORE INSERT OR UPDATE ON dos.poll_type
    FOR EACH ROW EXECUTE FUNCTION dos_internal.shipped_row('event');

-- What a registrar does not want to hear.
CREATE TABLE dos.poll_switched_off (
    registrar_id int  NOT NULL CONSTRAINT poll_switched_off_registrar REFERENCES dos.registrar ON DELETE CASCADE,
    event        text NOT NULL,
    CONSTRAINT poll_switched_off_pkey PRIMARY KEY (registrar_id, event)
);
COMMENT ON TABLE dos.poll_switched_off IS 'kinds of messages that a registrar has switched off';
SELECT pg_catalog.pg_extension_config_dump('dos.poll_switched_off', '');

CREATE FUNCTION dos.poll_switch(registrar text, event text, wanted boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r dos.registrar := dos_internal.registrar_find(registrar);
    t dos.poll_type;
BEGIN
    SELECT * INTO t FROM dos.poll_type AS p WHERE p.event = poll_switch.event;
    IF r.id IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'registrar_unknown', 'clID', format('registrar "%s" does not exist', registrar));
    ELSIF t.event IS NULL THEN
        PERFORM dos_internal.refuse(2303, 'poll_type_unknown', 'event', format('there are no messages of kind "%s"', event));
    ELSIF NOT wanted AND NOT t.switchable THEN
        PERFORM dos_internal.refuse(2306, 'poll_type_needed', 'event', format('messages of kind "%s" cannot be switched off', event));
    ELSIF wanted THEN
        DELETE FROM dos.poll_switched_off AS o WHERE o.registrar_id = r.id AND o.event = t.event;
    ELSE
        INSERT INTO dos.poll_switched_off VALUES (r.id, t.event) ON CONFLICT DO NOTHING;
    END IF;
END $$;
COMMENT ON FUNCTION dos.poll_switch(text, text, boolean) IS 'switch a kind of messages on or off for a registrar; R2303 unknown registrar or kind, R2306 a kind that must be heard';
