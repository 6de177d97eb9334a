-- Rights on complaints and hours, and what of them never changes.
GRANT SELECT, INSERT ON market.complaint, market.complaint_event, market.complaint_board, market.pledge, market.hours
  TO wijk_app;
GRANT UPDATE (state, verdict, outcome, version, due_at, clock_at, extended, overdue, provider_late, closed_at, body, wish)
  ON market.complaint TO wijk_app;
GRANT UPDATE (note) ON market.complaint_event TO wijk_app;
GRANT UPDATE (state, decided_at, until, ended_by, ended_at, purpose) ON market.pledge TO wijk_app;
GRANT UPDATE (state, decided_at, what) ON market.hours TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER complaint_never_goes BEFORE DELETE OR TRUNCATE ON market.complaint
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER complaint_event_never_goes BEFORE DELETE OR TRUNCATE ON market.complaint_event
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER complaint_board_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.complaint_board
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER pledge_never_goes BEFORE DELETE OR TRUNCATE ON market.pledge
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER hours_never_go BEFORE DELETE OR TRUNCATE ON market.hours
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- a complaint goes one version at a time, its words are emptied at most, and one that is over stays as it ended
CREATE FUNCTION market.keep_complaint() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.body <> OLD.body AND NEW.body <> '') OR (NEW.wish <> OLD.wish AND NEW.wish <> '') THEN
    RAISE EXCEPTION 'the words of a complaint do not change';
  END IF;
  IF OLD.provider_late AND NOT NEW.provider_late THEN
    RAISE EXCEPTION 'a term that went by stays so';
  END IF;
  IF OLD.state = 'closed' AND (to_jsonb(NEW) - '{body,wish}'::text[]) <> (to_jsonb(OLD) - '{body,wish}'::text[]) THEN
    RAISE EXCEPTION 'a complaint that is over does not change';
  END IF;
  IF NEW.version NOT IN (OLD.version, OLD.version + 1) OR (NEW.state <> OLD.state AND NEW.version = OLD.version) THEN
    RAISE EXCEPTION 'a step of a complaint is one version';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER complaint_stays BEFORE UPDATE ON market.complaint FOR EACH ROW EXECUTE FUNCTION market.keep_complaint();
--> statement-breakpoint
CREATE FUNCTION market.keep_complaint_event() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.note <> '' OR (to_jsonb(NEW) - 'note') <> (to_jsonb(OLD) - 'note') THEN
    RAISE EXCEPTION 'a step of a complaint does not change';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER complaint_event_stays BEFORE UPDATE ON market.complaint_event
  FOR EACH ROW EXECUTE FUNCTION market.keep_complaint_event();
--> statement-breakpoint
-- who decides has done nothing else in it: nobody judges what they answered, proposed or complained of
CREATE FUNCTION market.refuse_judge_of_own() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM market.complaint_event e WHERE e.wijk_id = NEW.wijk_id AND e.complaint_id = NEW.complaint_id
      AND e."by" = NEW."by" AND e.actor <> 'board') THEN
    RAISE EXCEPTION 'who decides took part in the complaint' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER complaint_decided_apart BEFORE INSERT ON market.complaint_event
  FOR EACH ROW WHEN (NEW.actor = 'board') EXECUTE FUNCTION market.refuse_judge_of_own();
--> statement-breakpoint
-- hours are decided on once; after that a correction is a row of its own, and together they never come below nothing
CREATE FUNCTION market.keep_hours() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.what <> OLD.what AND NEW.what <> '' THEN
    RAISE EXCEPTION 'the words of hours do not change';
  END IF;
  IF OLD.state <> 'logged' AND (NEW.state <> OLD.state OR NEW.decided_at IS DISTINCT FROM OLD.decided_at) THEN
    RAISE EXCEPTION 'hours that were decided on do not change';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER hours_stay BEFORE UPDATE ON market.hours FOR EACH ROW EXECUTE FUNCTION market.keep_hours();
--> statement-breakpoint
CREATE FUNCTION market.refuse_wrong_correction() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_of market.hours;
  v_others integer;
BEGIN
  SELECT * INTO v_of FROM market.hours h WHERE h.wijk_id = NEW.wijk_id AND h.id = NEW.corrects FOR NO KEY UPDATE;
  IF v_of.state <> 'confirmed' OR v_of.corrects IS NOT NULL
      OR (v_of.member_id, v_of.receiver_id, v_of.day, v_of.paid) IS DISTINCT FROM (NEW.member_id, NEW.receiver_id, NEW.day, NEW.paid)
      OR v_of.organisation_id IS DISTINCT FROM NEW.organisation_id THEN
    RAISE EXCEPTION 'a correction is of hours that were confirmed, of the same two and the same day'
      USING ERRCODE = 'check_violation';
  END IF;
  SELECT coalesce(sum(h.minutes), 0) INTO v_others FROM market.hours h
  WHERE h.wijk_id = NEW.wijk_id AND h.corrects = NEW.corrects AND h.id <> NEW.id AND h.state = 'confirmed';
  IF v_of.minutes + v_others + NEW.minutes < 0 THEN
    RAISE EXCEPTION 'a correction takes off more than there is' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER hours_corrected BEFORE INSERT OR UPDATE OF state ON market.hours
  FOR EACH ROW WHEN (NEW.corrects IS NOT NULL AND NEW.state IN ('logged', 'confirmed'))
  EXECUTE FUNCTION market.refuse_wrong_correction();
--> statement-breakpoint
-- what was agreed stays; it ends once; and nobody has two pledges on one day, so that no hour counts for two
CREATE FUNCTION market.keep_pledge() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.purpose <> OLD.purpose AND NEW.purpose <> '' THEN
      RAISE EXCEPTION 'the words of a pledge do not change';
    END IF;
    IF OLD.state <> 'proposed' AND (NEW.state <> OLD.state OR NEW.decided_at IS DISTINCT FROM OLD.decided_at) THEN
      RAISE EXCEPTION 'a pledge is decided on once';
    END IF;
    IF NEW.until IS DISTINCT FROM OLD.until AND (OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL) THEN
      RAISE EXCEPTION 'a pledge is ended once';
    END IF;
  END IF;
  IF NEW.state = 'agreed' AND (TG_OP = 'INSERT' OR OLD.state <> 'agreed') THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('pledge ' || NEW.member_id::text, 0));
    IF EXISTS (SELECT FROM market.pledge p WHERE p.wijk_id = NEW.wijk_id AND p.member_id = NEW.member_id AND p.id <> NEW.id
        AND p.state = 'agreed' AND p."from" <= coalesce(NEW.until, 'infinity'::date)
        AND coalesce(p.until, 'infinity'::date) >= NEW."from"
        AND coalesce(p.until, 'infinity'::date) >= p."from") THEN
      RAISE EXCEPTION 'two pledges on one day' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'pledge_one_at_a_time';
    END IF;
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER pledge_stays BEFORE INSERT OR UPDATE ON market.pledge FOR EACH ROW EXECUTE FUNCTION market.keep_pledge();
--> statement-breakpoint
REVOKE ALL ON FUNCTION market.keep_complaint(), market.keep_complaint_event(), market.refuse_judge_of_own(),
  market.keep_hours(), market.refuse_wrong_correction(), market.keep_pledge() FROM PUBLIC;
