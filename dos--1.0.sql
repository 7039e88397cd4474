-- The table of contents of DOS. One line per part, foundation first, roof last: the order of the
-- lines is the order of the floors (docs/architecture.md), and tools/check_floors keeps it so.
-- `make` assembles build/dos--1.0.sql from it, which is what gets installed.

-- floor 0: primitives everything stands on
\ir src/base/schema.sql
\ir src/base/result_code.sql
\ir src/base/shipped.sql
\ir src/base/row_cache.sql
\ir src/base/clock.sql
\ir src/base/period.sql
\ir src/base/dname.sql
\ir src/base/money.sql
\ir src/base/secret.sql
\ir src/base/country.sql

-- floor 1: who acts, what happened, what the hooks say, what runs in the background
\ir src/history/act.sql
\ir src/registrar/registrar.sql
\ir src/registrar/registrar_service.sql
\ir src/registrar/registrar_text.sql
\ir src/registrar/registrar_password.sql
\ir src/registrar/registrar_lockout.sql
\ir src/registrar/registrar_rate.sql
\ir src/registrar/registrar_session.sql
\ir src/registrar/registrar_login.sql
\ir src/job/job.sql
\ir src/history/object_history.sql
\ir src/history/audit.sql
\ir src/outbox/outbox.sql
\ir src/outbox/outbox_reader.sql
\ir src/outbox/outbox_read.sql
\ir src/outbox/outbox_status.sql
\ir src/outbox/outbox_trim.sql
\ir src/policy/hook.sql

-- floor 2: the rules of the game
\ir src/lifecycle/lifecycle_policy.sql
\ir src/zone/zone.sql
\ir src/zone/zone_ttl.sql
\ir src/zone/zone_state.sql
\ir src/zone/zone_policy.sql
\ir src/zone/dirty.sql
\ir src/zone/zone_record.sql
\ir src/lifecycle/lifecycle.sql
\ir src/ledger/ledger.sql
\ir src/ledger/ledger_charge.sql
\ir src/ledger/ledger_hold.sql
\ir src/ledger/ledger_verify.sql
\ir src/ledger/ledger_correct.sql
\ir src/ledger/statement.sql
\ir src/ledger/invoice.sql
\ir src/ledger/invoice_run.sql
\ir src/ledger/account_watch.sql
\ir src/pricing/price.sql
\ir src/reserve/reserved.sql
\ir src/reserve/reserved_judge.sql
\ir src/reserve/reserved_load.sql
\ir src/reserve/spec5.sql
\ir src/reserve/spec5_societies.sql
\ir src/phase/phase.sql
\ir src/phase/name_verdict.sql
\ir src/phase/phase_choose.sql
\ir src/phase/claims.sql
\ir src/phase/name_policy.sql
\ir src/pricing/surcharge.sql
\ir src/pricing/promotion.sql
\ir src/pricing/premium.sql
\ir src/pricing/exchange_rate.sql
\ir src/pricing/token.sql
\ir src/pricing/price_evaluate.sql

-- floor 3: the objects, one file per verb; their tables first, for they refer to each other
\ir src/transfer/transfer_fact.sql
\ir src/contact/contact_setting.sql
\ir src/contact/contact.sql
\ir src/host/host.sql
\ir src/domain/domain.sql
\ir src/domain/domain_at.sql
\ir src/domain/domain_state.sql
\ir src/domain/domain_link.sql
\ir src/contact/contact_field.sql
\ir src/contact/contact_state.sql
\ir src/contact/contact_check.sql
\ir src/contact/contact_info.sql
\ir src/contact/contact_create.sql
\ir src/contact/contact_update.sql
\ir src/contact/contact_delete.sql
\ir src/host/host_address.sql
\ir src/host/host_check.sql
\ir src/host/host_info.sql
\ir src/host/host_create.sql
\ir src/host/host_update.sql
\ir src/host/host_delete.sql
\ir src/domain/domain_reference.sql
\ir src/domain/secdns.sql
\ir src/domain/domain_price.sql
\ir src/domain/drop_block.sql
\ir src/domain/domain_purge.sql
\ir src/domain/domain_autorenew.sql
\ir src/domain/domain_pending.sql
\ir src/domain/domain_advance.sql
\ir src/domain/domain_fee.sql
\ir src/domain/domain_overdue.sql
\ir src/domain/domain_release.sql
\ir src/domain/add_grace.sql
\ir src/domain/domain_extension.sql
\ir src/domain/domain_check.sql
\ir src/domain/domain_info.sql
\ir src/domain/domain_create.sql
\ir src/domain/domain_update.sql
\ir src/domain/domain_delete.sql
\ir src/domain/domain_renew.sql
\ir src/domain/domain_restore.sql
\ir src/domain/domain_flag.sql
\ir src/domain/idle_object.sql
\ir src/transfer/transfer.sql
\ir src/transfer/domain_transfer_request.sql
\ir src/transfer/domain_transfer_answer.sql
\ir src/transfer/contact_transfer_request.sql
\ir src/transfer/contact_transfer_answer.sql

-- floor 4: the readers
\ir src/poll/poll_type.sql
\ir src/poll/poll_message.sql
\ir src/poll/poll_object.sql
\ir src/poll/poll.sql
\ir src/poll/poll_upkeep.sql
\ir src/dns/dns_record.sql
\ir src/dns/zone_image.sql
\ir src/dns/zone_record_set.sql
\ir src/dns/zone_delegation.sql
\ir src/dns/zone_guard.sql
\ir src/dns/zone_publish.sql
\ir src/dns/dns_secondary.sql
\ir src/dns/dns_secondary_state.sql
\ir src/dns/zone_change.sql
\ir src/dns/zone_verify.sql
\ir src/dns/zone_file.sql
\ir src/dns/zone_stream.sql
\ir src/dns/zone_transfer.sql
\ir src/dns/zone_status.sql
\ir src/directory/disclosure.sql
\ir src/directory/rdap.sql
\ir src/directory/reader.sql
\ir src/directory/rdap_search.sql
\ir src/directory/rdap_search_verb.sql
\ir src/directory/whois.sql
\ir src/directory/query_count.sql
\ir src/escrow/escrow_object.sql
\ir src/escrow/escrow_deposit.sql
\ir src/escrow/escrow_import.sql
\ir src/escrow/escrow_facts.sql
\ir src/escrow/escrow_analyze.sql
\ir src/escrow/escrow_load.sql

-- the door: what PUBLIC may not do
\ir src/base/guard.sql
