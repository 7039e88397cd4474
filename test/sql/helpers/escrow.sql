-- A registry in which every state of a domain's life occurs at 2026-06-01T00:00:00Z, written by the verbs alone.
-- Leaves the clock there.

CREATE PROCEDURE test.escrow_at(instant text, VARIADIC commands text[] DEFAULT '{}') LANGUAGE plpgsql AS $$
DECLARE
    command text;
BEGIN
    PERFORM set_config('dos.clock', instant, false);
    FOREACH command IN ARRAY commands LOOP
        EXECUTE 'SELECT ' || command;
    END LOOP;
END $$;

CREATE PROCEDURE test.escrow_registry() LANGUAGE plpgsql AS $$
DECLARE
    full_set text := $c$, registrant => 'c-reg', contacts => '{admin:c-adm,tech:c-tec}'$c$;
BEGIN
    CALL test.escrow_at('2024-06-20T10:00:00.123Z', $c$test.registrar('alpha')$c$, $c$test.registrar('beta')$c$, $c$test.registrar('gamma', 0)$c$,
        $c$test.zone('example', 'idn=true', 'kind=test')$c$, $c$test.zone('attr', 'kind=test', 'host_model=attribute', 'registrant_required=false', 'contacts_required={}', 'restore_report=false')$c$,
        $c$test.zone('fixed', 'kind=test', 'autorenew=false', 'registrant_required=false', 'contacts_required={}')$c$,
        $c$test.zone('kept', 'kind=test', 'autorenew=false', 'expiry_hold=40 days', 'registrant_required=false', 'contacts_required={}')$c$);
    UPDATE dos.registrar SET iana_id = 8, url = 'https://alpha.test/?a=1&b=2', email = 'ops@alpha.test', voice = '+1.5555550100', whois_server = 'whois.alpha.test',
           postal = '{Alpha,NULL,1 Main Street,NULL,NULL,Springfield,NULL,12345,US}' WHERE clid = 'alpha';
    UPDATE dos.registrar SET iana_id = 9, state = 'readonly', postal = '{Gamma,NULL,"Hauptstraße 1",NULL,NULL,Köln,NULL,NULL,DE}' WHERE clid = 'gamma';
    CALL test.escrow_at('2024-06-20T11:00:00Z', $c$test.contact('alpha', 'c-reg')$c$, $c$test.contact('alpha', 'c-adm')$c$, $c$test.contact('alpha', 'c-tec')$c$,
        $c$test.contact('beta', 'c-idle')$c$,
        $c$dos.contact_create('beta', 'c-full', '{"Ann <Q> & Co","Org \"x\"","1 Main Street","Flat 2","Yard 3",Springfield,IL,12345,US}',
              '{"Ännchen Müller",NULL,"Hauptstraße 1",NULL,NULL,Köln,NRW,50667,DE}', '+49.221555', '17', '+49.221556', '18', 'ann@mail.example', 'Auth-full!1', true, '{email,name:int,addr:loc,voice}')$c$,
        $c$dos.contact_create('beta', 'c-shy', NULL, '{"Ärger",NULL,NULL,NULL,NULL,Köln,NULL,NULL,DE}', NULL, NULL, NULL, NULL, 'shy@mail.example', 'Auth-shy!12', false, '{email}')$c$,
        $c$dos.host_create('alpha', 'ns1.elsewhere.test')$c$, $c$dos.host_create('beta', 'ns2.elsewhere.test')$c$, $c$dos.host_create('beta', 'idle.elsewhere.test')$c$);
    -- created two years before: some renewed automatically, one by the clock alone
    CALL test.escrow_at('2024-06-20T12:00:00Z',
        format($c$dos.domain_create('alpha', 'plain.example', 5, 'y', '{ns1.elsewhere.test,ns2.elsewhere.test}'%s)$c$, full_set),
        format($c$dos.domain_create('alpha', 'held.example', 5, 'y', '{ns1.elsewhere.test}'%s)$c$, full_set),
        format($c$dos.domain_create('alpha', 'locked.example', 5, 'y', NULL%s)$c$, full_set),
        format($c$dos.domain_create('alpha', 'glue.example', 5, 'y', NULL%s)$c$, full_set),
        format($c$dos.domain_create('alpha', 'xn--mnchen-3ya.example', 5, 'y', NULL%s)$c$, full_set),
        format($c$dos.domain_create('alpha', 'signed.example', 5, 'y', '{ns1.elsewhere.test}'%s)$c$, full_set),
        $c$dos.domain_create('beta', 'keyed.example', 5, 'y', NULL, registrant => 'c-full', contacts => '{admin:c-full,billing:c-shy,tech:c-full}')$c$,
        format($c$dos.domain_create('alpha', 'pending.example', 5, 'y', NULL%s)$c$, full_set),
        format($c$dos.domain_create('alpha', 'refused.example', 5, 'y', NULL%s)$c$, full_set),
        format($c$dos.domain_create('alpha', 'moved.example', 5, 'y', NULL%s)$c$, full_set),
        format($c$dos.domain_create('alpha', 'moves.example', 5, 'y', NULL%s)$c$, full_set),
        format($c$dos.domain_create('alpha', 'redeem.example', 5, 'y', '{ns1.elsewhere.test}'%s)$c$, full_set),
        format($c$dos.domain_create('alpha', 'doomed.example', 5, 'y', NULL%s)$c$, full_set),
        format($c$dos.domain_create('alpha', 'saved.example', 5, 'y', NULL%s)$c$, full_set),
        $c$dos.domain_create('alpha', 'plain.attr', 5, 'y', host_attrs => '{"ns1.plain.attr 192.0.2.7 2001:db8::7","ns.elsewhere.test"}')$c$,
        $c$dos.domain_create('alpha', 'bare.attr', 5)$c$);
    CALL test.escrow_at('2024-06-20T13:00:00Z', $c$dos.host_create('alpha', 'ns1.glue.example', '{192.0.2.1,2001:db8::1}')$c$,
        $c$dos.domain_update('alpha', 'glue.example', add_hosts => '{ns1.glue.example,ns2.elsewhere.test}')$c$,
        $c$dos.host_update('alpha', 'ns1.elsewhere.test', add_statuses => '{clientDeleteProhibited}')$c$,
        $c$dos.contact_update('alpha', 'c-reg', add_statuses => '{clientDeleteProhibited,clientUpdateProhibited}')$c$,
        $c$dos.domain_update('alpha', 'held.example', add_statuses => '{clientHold,clientDeleteProhibited}')$c$,
        $c$dos.domain_update('alpha', 'locked.example', add_statuses => '{clientUpdateProhibited,clientDeleteProhibited,clientRenewProhibited,clientTransferProhibited}')$c$,
        $c$dos.domain_update('alpha', 'signed.example', add_ds => '{12345 13 2 BE74359954660069D5C63D200C39F5603827D7DD02B56F120EE9F3A86764247C}', chg_max_sig_life => 604800)$c$,
        $c$dos.domain_update('beta', 'keyed.example', add_keys => '{257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==}')$c$);
    UPDATE dos.domain SET statuses = array_cat(statuses, '{serverHold,serverTransferProhibited}') WHERE name = 'held.example';
    CALL test.escrow_at('2025-04-25T00:00:00Z', $c$dos.domain_create('alpha', 'renewed.fixed', 1)$c$, $c$dos.domain_create('alpha', 'expired.fixed', 1)$c$, $c$dos.domain_create('alpha', 'over.kept', 1, host_attrs => NULL)$c$,
        format($c$dos.domain_create('alpha', 'auto.example', 1, 'y', NULL%s)$c$, full_set), format($c$dos.domain_create('alpha', 'late.example', 1, 'y', NULL%s)$c$, full_set));
    CALL test.escrow_at('2026-04-20T00:00:00Z', $c$dos.domain_renew('alpha', 'renewed.fixed', '2026-04-25')$c$);
    -- the worker has written one renewal down; late.example and expired.fixed are projected only
    CALL test.escrow_at('2026-04-26T00:00:00Z', $c$dos_internal.domain_advance(d) FROM dos.domain AS d WHERE d.name = 'auto.example'$c$,
        $c$dos.domain_delete('alpha', 'doomed.example')$c$);
    CALL test.escrow_at('2026-05-10T08:30:00.5Z', $c$dos.domain_delete('alpha', 'redeem.example')$c$, $c$dos.domain_delete('alpha', 'saved.example')$c$);
    CALL test.escrow_at('2026-05-25T00:00:00Z', $c$dos.domain_update('alpha', 'moved.example', chg_auth => 'Auth-moved!1')$c$, $c$dos.domain_update('alpha', 'moves.example', chg_auth => 'Auth-moves!1')$c$,
        $c$dos.domain_update('alpha', 'pending.example', chg_auth => 'Auth-pend!1')$c$, $c$dos.domain_update('alpha', 'refused.example', chg_auth => 'Auth-refu!1')$c$);
    CALL test.escrow_at('2026-05-26T00:00:00Z', $c$dos.domain_transfer_request('beta', 'moves.example', 'Auth-moves!1')$c$);
    CALL test.escrow_at('2026-05-30T09:00:00Z', $c$dos.domain_transfer_request('beta', 'pending.example', 'Auth-pend!1')$c$,
        $c$dos.domain_transfer_request('beta', 'refused.example', 'Auth-refu!1')$c$, $c$dos.domain_transfer_reject('alpha', 'refused.example')$c$,
        $c$dos.domain_transfer_request('beta', 'moved.example', 'Auth-moved!1')$c$, $c$dos.domain_transfer_approve('alpha', 'moved.example')$c$,
        $c$dos.domain_restore_request('alpha', 'saved.example')$c$, $c$dos.domain_renew('alpha', 'plain.example', '2029-06-20', 2)$c$,
        format($c$dos.domain_create('beta', 'new.example', 1, 'y', '{ns1.glue.example}'%s)$c$, $c$, registrant => 'c-full', contacts => '{admin:c-full,tech:c-full}'$c$));
    -- facts that verbs of staff and the clock set
    UPDATE dos.domain SET autorenew = false WHERE name = 'locked.example';
    UPDATE dos.domain SET statuses = '{clientDeleteProhibited,serverDeleteProhibited}' WHERE name = 'redeem.example';
    UPDATE dos.domain SET expires_at = 'infinity' WHERE name = 'bare.attr';
    UPDATE dos.domain SET unpaid = ROW('2026-04-25Z', 1, '2026-06-20Z')::dos.unpaid WHERE name = 'auto.example';
    UPDATE dos.domain SET release_at = '2026-06-20T12:00:00Z' WHERE name = 'redeem.example';
    UPDATE dos.domain SET ttls = '{"NS": 300, "DS": 60}' WHERE name = 'signed.example';
    CALL test.escrow_at('2026-06-01T00:00:00Z');
END $$;
