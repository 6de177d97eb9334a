-- What is added up of a day follows from the log and stays as it is; what somebody pressed for ends with its result.
GRANT SELECT, INSERT ON wallet.closed_day, wallet.account_day TO wijk_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON wallet.verification_ask TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER closed_day_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wallet.closed_day
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER account_day_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wallet.account_day
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- Balances of accounts of these kinds at the end of each stretch of time in which something was booked on them;
-- the stretches begin at p_starts, ascending, the last one ends at p_to. It only reads.
CREATE FUNCTION ledger.day_ends(p_wijk uuid, p_kinds text[], p_starts timestamptz[], p_to timestamptz)
RETURNS TABLE (account_id uuid, nr int, balance bigint) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT ON (e.account_id, width_bucket(e.at, p_starts))
    e.account_id, width_bucket(e.at, p_starts), e.balance
  FROM ledger.entry e
  JOIN ledger.account a ON a.wijk_id = e.wijk_id AND a.id = e.account_id
  WHERE e.wijk_id = p_wijk AND a.kind = ANY (p_kinds) AND e.at >= p_starts[1] AND e.at < p_to AND e.posted > 0
  ORDER BY e.account_id, width_bucket(e.at, p_starts), e.version DESC
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA ledger TO wijk_ledger;
ALTER FUNCTION ledger.day_ends(uuid, text[], timestamptz[], timestamptz) OWNER TO wijk_ledger;
REVOKE CREATE ON SCHEMA ledger FROM wijk_ledger;
REVOKE ALL ON FUNCTION ledger.day_ends(uuid, text[], timestamptz[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.day_ends(uuid, text[], timestamptz[], timestamptz) TO wijk_app;
