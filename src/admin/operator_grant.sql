-- What staff of an operator may read and do. Its verbs ask dos_internal.operator_require() whose the zone, the account, the invoice
-- is (zone_require(), staff_domain(), account_find() do), and refuse another's (R2201). What concerns contacts, hosts, registrars and
-- hooks, which operators share, is for staff of the registry; so is what takes SQL, a table or a file.

DO $$
DECLARE
    verb regprocedure;
BEGIN
    FOR verb IN SELECT p.oid FROM pg_catalog.pg_proc AS p WHERE p.pronamespace = 'dos'::regnamespace AND p.prokind = 'f' AND p.proname IN (
        -- names
        'domain_status_set', 'domain_create_staff', 'domain_update_staff', 'domain_delete_staff', 'domain_undelete', 'domain_renew_staff', 'domain_renew_undo',
        'domain_dates_set', 'domain_move', 'domain_pending_approve', 'domain_pending_reject', 'domain_autorenew_set', 'domain_never_expires_set',
        'registrar_portfolio_count', 'registrar_portfolio_move', 'registrar_portfolio_run',
        'application_validate', 'application_invalidate', 'application_contend', 'application_customize', 'application_reject', 'application_allocate', 'application_award',
        'application_run', 'application_export', 'application_results', 'application_settle',
        -- zones
        'zone_emoji_allow', 'zone_emoji_forbid', 'zone_idn_tables', 'idn_reindex', 'interruption_begin', 'interruption_end', 'zone_config', 'zone_config_diff', 'zone_config_apply', 'zone_state_set', 'zone_policy_set', 'zone_ttl_set', 'phase_create', 'phase_end', 'phase_copy',
        -- prices and lists
        'price_set', 'price_class_set', 'fee_set', 'early_access_set', 'price_gaps', 'token_create', 'premium_list_set', 'premium_set', 'premium_pattern_set', 'premium_export',
        'premium_optout', 'reserved_list_create', 'reserved_add', 'reserved_remove', 'reserved_release_add', 'reserved_override_grant',
        'reserved_explain', 'nndn_add', 'nndn_remove', 'drop_block_add', 'price_affected', 'price_quote', 'token_automatic_set', 'package_create', 'package_end',
        -- money
        'account_open', 'account_deposit', 'account_credit_limit', 'account_threshold', 'account_billing', 'statement', 'ledger_propose', 'ledger_approve',
        'invoice_run', 'invoice_credit',
        -- reports
        'report_make', 'report_correct', 'report_explain', 'report_verify', 'report_transactions', 'report_activity', 'report_text') LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER', verb);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO dos_operator', verb);
    END LOOP;
END $$;

-- what the views and the defaults of those verbs call as the one who asks
GRANT EXECUTE ON FUNCTION dos.money_text(bigint, text), dos.now(), dos_internal.operator_revenue(), dos_internal.operator_expiring(), dos_internal.operator_deferred() TO dos_operator;
GRANT SELECT ON dos.currency, dos.operator_own, dos.operator_zone, dos.operator_domain, dos.operator_domain_version, dos.operator_application, dos.operator_price, dos.operator_fee, dos.operator_promotion,
    dos.operator_phase, dos.operator_reserved, dos.operator_nndn, dos.operator_premium, dos.operator_token, dos.operator_package, dos.operator_account, dos.operator_ledger_line, dos.operator_invoice,
    dos.operator_invoice_detail, dos.operator_report, dos.operator_policy_change, dos.operator_audit, dos.operator_revenue, dos.operator_domains_expiring,
    dos.operator_domains_managed, dos.operator_deferred_revenue TO dos_operator;
