-- Rights on agendas and appointments, and what nobody may pass by: a helper is in one place at a time (M5).
GRANT SELECT, INSERT, UPDATE ON market.agenda TO wijk_app;
GRANT SELECT, INSERT, DELETE ON market.agenda_exception TO wijk_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON market.calendar_feed TO wijk_app;
-- the trigger below writes appointments; the application only notes that it reminded
GRANT SELECT, UPDATE (remind_at) ON market.appointment TO wijk_app;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA market;
--> statement-breakpoint
-- In one calendar nothing overlaps but what is one meeting: those who come to the same group at the same moment.
ALTER TABLE market.appointment ADD CONSTRAINT appointment_one_at_a_time EXCLUDE USING gist (
  wijk_id market.gist_uuid_ops WITH =,
  calendar_id market.gist_uuid_ops WITH =,
  tstzrange(starts_at, ends_at) WITH &&,
  session market.gist_text_ops WITH <>
) WHERE (held);
--> statement-breakpoint
-- Takes the time of an order in the calendar of its helper. Those who take at once come one after the other, so
-- that the second is refused and not a victim of a deadlock; the constraint is what refuses.
CREATE FUNCTION market.hold_time(o market."order") RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_calendar uuid := coalesce(o.helper_organisation, o.helper_id);
  v_minutes integer;
  v_group boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(7203171, hashtext(v_calendar::text));
  SELECT coalesce(o.minutes, a.slot_minutes, 60), l.places IS NOT NULL INTO v_minutes, v_group
  FROM market.listing l LEFT JOIN market.agenda a ON a.wijk_id = l.wijk_id AND a.listing_id = l.id
  WHERE l.wijk_id = o.wijk_id AND l.id = o.listing_id;
  INSERT INTO market.appointment AS t
    (wijk_id, order_id, calendar_id, listing_id, session, places, starts_at, ends_at, held, remind_at)
  VALUES (o.wijk_id, o.id, v_calendar, o.listing_id,
    CASE WHEN v_group THEN o.listing_id || ' ' || extract(epoch FROM o.starts_at) ELSE o.id::text END,
    o.places, o.starts_at, o.starts_at + make_interval(mins => v_minutes), true, o.starts_at - interval '24 hours')
  ON CONFLICT (wijk_id, order_id) DO UPDATE SET calendar_id = excluded.calendar_id, session = excluded.session,
    places = excluded.places, starts_at = excluded.starts_at, ends_at = excluded.ends_at, held = true,
    sequence = t.sequence + 1, remind_at = excluded.remind_at;
END
$$;
--> statement-breakpoint
-- Whatever step, hand or clock brings an order to stand, and whatever moves it: its time is taken, or free again.
-- Work that is under way, in dispute or done keeps the time that it had.
CREATE FUNCTION market.keep_appointment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_holding constant text[] := '{agreed,delivered,disputed,completed}';
  v_holds boolean := NEW.starts_at IS NOT NULL AND NEW.state = ANY (v_holding);
  v_held boolean := TG_OP = 'UPDATE' AND OLD.starts_at IS NOT NULL AND OLD.state = ANY (v_holding);
BEGIN
  IF v_held AND NOT v_holds THEN
    UPDATE market.appointment t SET held = false, remind_at = NULL, sequence = t.sequence + 1
    WHERE t.wijk_id = NEW.wijk_id AND t.order_id = NEW.id AND t.held;
  ELSIF v_holds AND (NOT v_held OR (OLD.starts_at, OLD.minutes, OLD.places, OLD.helper_id, OLD.helper_organisation)
      IS DISTINCT FROM (NEW.starts_at, NEW.minutes, NEW.places, NEW.helper_id, NEW.helper_organisation)) THEN
    PERFORM market.hold_time(NEW);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION market.hold_time(market."order"), market.keep_appointment() FROM PUBLIC;
CREATE TRIGGER order_takes_time AFTER INSERT OR UPDATE ON market."order"
  FOR EACH ROW EXECUTE FUNCTION market.keep_appointment();
--> statement-breakpoint
-- What was agreed before there were calendars; where two of one helper overlap, the one that was made first has it.
DO $$
DECLARE
  o market."order";
BEGIN
  FOR o IN SELECT * FROM market."order" WHERE starts_at IS NOT NULL AND state IN ('agreed', 'delivered', 'disputed')
    ORDER BY made_at, id
  LOOP
    BEGIN
      PERFORM market.hold_time(o);
    EXCEPTION WHEN exclusion_violation THEN
      NULL;
    END;
  END LOOP;
END
$$;
