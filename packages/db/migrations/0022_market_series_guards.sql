-- Rights on series, rows that only come, and what becomes of a series that no code may pass by.
GRANT SELECT, INSERT ON market.series, market.series_event TO wijk_app;
GRANT UPDATE (first_on, at, state, ending, awaiting, proposed_rate, rate, minutes, materials, next_number,
  waiting_since, agreed_at, stops_at, version, due_at) ON market.series TO wijk_app;
-- words of people are emptied by erasure, nothing else of a step ever changes
GRANT UPDATE (note) ON market.series_event TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER series_never_goes BEFORE DELETE OR TRUNCATE ON market.series
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER series_event_stays BEFORE DELETE OR TRUNCATE ON market.series_event
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- An order of a series is between its two sides, at the price that they agreed to: whatever comes to it.
CREATE FUNCTION market.refuse_foreign_time() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM market.series s WHERE s.wijk_id = NEW.wijk_id AND s.id = NEW.series_id
      AND s.listing_id = NEW.listing_id AND s.receiver_id = NEW.receiver_id AND s.helper_id = NEW.helper_id
      AND s.receiver_organisation IS NOT DISTINCT FROM NEW.receiver_organisation
      AND s.helper_organisation IS NOT DISTINCT FROM NEW.helper_organisation
      AND (NEW.series_number = 0 OR (s.state = 'running' AND s.rate = NEW.rate))) THEN
    RAISE EXCEPTION 'a time of a series that was not agreed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION market.refuse_foreign_time() FROM PUBLIC;
CREATE TRIGGER order_of_its_series BEFORE INSERT ON market."order"
  FOR EACH ROW WHEN (NEW.series_id IS NOT NULL) EXECUTE FUNCTION market.refuse_foreign_time();
--> statement-breakpoint
-- Orders of before this release: both sides hear when what was said of them can be read.
UPDATE market."order" o SET reviews_due_at = o.completed_at + interval '14 days'
  WHERE o.completed_at > now() - interval '14 days'
    AND NOT EXISTS (SELECT FROM market.review r WHERE r.wijk_id = o.wijk_id AND r.order_id = o.id AND r.both_at IS NOT NULL);
