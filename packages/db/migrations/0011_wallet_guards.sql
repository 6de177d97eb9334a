-- Rights on what people and the treasurer do with the book of wijk-credits, and rows that only come.
GRANT USAGE ON SCHEMA wallet TO wijk_app;
GRANT SELECT ON ALL TABLES IN SCHEMA wallet TO wijk_app;
GRANT INSERT ON ALL TABLES IN SCHEMA wallet TO wijk_app;
GRANT UPDATE ON wallet.organisation, wallet.operator, wallet.holder, wallet.residency, wallet.payment,
  wallet.pay_request, wallet.schedule, wallet.programme, wallet.supplier, wallet.lot, wallet.lot_spending,
  wallet.proposal TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER money_policy_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wallet.money_policy
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER settlement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wallet.settlement
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER control_action_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wallet.control_action
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER verification_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wallet.verification
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER daily_statement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wallet.daily_statement
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER schedule_run_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wallet.schedule_run
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
