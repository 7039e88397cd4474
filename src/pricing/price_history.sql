-- Prices are policy: every change of the rows that decide is kept (dos.policy_change), with who and when.
-- Labels of premium lists are in editions, which stay by themselves; uses of a token are in dos.token_use.

CREATE TRIGGER price_history AFTER INSERT OR UPDATE OR DELETE ON dos.price FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER price_class_history AFTER INSERT OR UPDATE OR DELETE ON dos.price_class FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER price_group_history AFTER INSERT OR UPDATE OR DELETE ON dos.price_group FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER price_group_member_history AFTER INSERT OR UPDATE OR DELETE ON dos.price_group_member FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER price_policy_history AFTER INSERT OR UPDATE OR DELETE ON dos.price_policy FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER early_access_history AFTER INSERT OR UPDATE OR DELETE ON dos.early_access FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER expiry_access_history AFTER INSERT OR UPDATE OR DELETE ON dos.expiry_access FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER fee_history AFTER INSERT OR UPDATE OR DELETE ON dos.fee FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER promotion_history AFTER INSERT OR UPDATE OR DELETE ON dos.promotion FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER premium_list_history AFTER INSERT OR UPDATE OR DELETE ON dos.premium_list FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER premium_pattern_history AFTER INSERT OR UPDATE OR DELETE ON dos.premium_pattern FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER premium_optout_history AFTER INSERT OR UPDATE OR DELETE ON dos.premium_optout FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER package_history AFTER INSERT OR DELETE OR UPDATE OF registrar_id, zone_id, creates_max, domains_max, currency, price_minor, months, renews, began_at, ends_at, ended_at
    ON dos.package FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER token_automatic_history AFTER INSERT OR UPDATE OR DELETE ON dos.token_automatic FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
CREATE TRIGGER token_history AFTER INSERT OR DELETE OR UPDATE OF token, max_uses, valid, enabled, zone_id, name, registrar_id, commands, standard_price, percent,
    discount_years, amount_minor, price_minor, currency, renewal, stacks, releases, years, add_grace ON dos.token FOR EACH ROW EXECUTE FUNCTION dos_internal.policy_changed();
