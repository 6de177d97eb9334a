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
--> statement-breakpoint
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
--> statement-breakpoint
-- Between questions and the market (M9): keys to the vraagbaak, what may never be linked, and kept pages.
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by) ON market.attachment TO wijk_app;
--> statement-breakpoint
ALTER TABLE market.attachment
  ADD CONSTRAINT attachment_question_fk FOREIGN KEY (wijk_id, question_id) REFERENCES vraagbaak.question (wijk_id, id),
  ADD CONSTRAINT attachment_answer_fk FOREIGN KEY (wijk_id, answer_id) REFERENCES vraagbaak.answer (wijk_id, id);
ALTER TABLE market.listing
  ADD CONSTRAINT listing_question_fk FOREIGN KEY (wijk_id, question_id) REFERENCES vraagbaak.question (wijk_id, id),
  ADD CONSTRAINT listing_became_fk FOREIGN KEY (wijk_id, became_question_id) REFERENCES vraagbaak.question (wijk_id, id);
ALTER TABLE market."order"
  ADD CONSTRAINT order_question_fk FOREIGN KEY (wijk_id, question_id) REFERENCES vraagbaak.question (wijk_id, id);
--> statement-breakpoint
CREATE TRIGGER attachment_stays BEFORE DELETE OR TRUNCATE ON market.attachment
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- A row that names a person and a question whose asker is hidden would tell who asked. Whatever comes to it, no
-- row of the market holds one: a question that shows its asker, or none.
CREATE FUNCTION market.refuse_sealed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_row jsonb := to_jsonb(NEW);
BEGIN
  IF EXISTS (SELECT FROM vraagbaak.question q WHERE q.wijk_id = NEW.wijk_id AND q.visibility <> 'public'
      AND q.id IN ((v_row ->> 'question_id')::uuid, (v_row ->> 'became_question_id')::uuid)) THEN
    RAISE EXCEPTION 'a question whose asker is hidden beside somebody of the market' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER listing_not_sealed BEFORE INSERT OR UPDATE OF question_id, became_question_id ON market.listing
  FOR EACH ROW WHEN (NEW.question_id IS NOT NULL OR NEW.became_question_id IS NOT NULL)
  EXECUTE FUNCTION market.refuse_sealed();
CREATE TRIGGER order_not_sealed BEFORE INSERT OR UPDATE OF question_id ON market."order"
  FOR EACH ROW WHEN (NEW.question_id IS NOT NULL) EXECUTE FUNCTION market.refuse_sealed();
--> statement-breakpoint
-- A question that hides its asker from now on is forgotten by the market in the same transaction.
CREATE FUNCTION market.forget_question() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE market.listing l SET question_id = NULL WHERE l.wijk_id = NEW.wijk_id AND l.question_id = NEW.id;
  UPDATE market.listing l SET became_question_id = NULL
  WHERE l.wijk_id = NEW.wijk_id AND l.became_question_id = NEW.id;
  UPDATE market."order" o SET question_id = NULL WHERE o.wijk_id = NEW.wijk_id AND o.question_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER question_forgotten_by_market AFTER UPDATE OF visibility ON vraagbaak.question
  FOR EACH ROW WHEN (OLD.visibility = 'public' AND NEW.visibility <> 'public')
  EXECUTE FUNCTION market.forget_question();
--> statement-breakpoint
-- An attachment is of the question of its answer, and of something that one can have.
CREATE FUNCTION market.refuse_astray() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM vraagbaak.answer a
      WHERE (a.wijk_id, a.id, a.question_id) = (NEW.wijk_id, NEW.answer_id, NEW.question_id))
    OR NOT EXISTS (SELECT FROM market.listing l
      WHERE l.wijk_id = NEW.wijk_id AND l.id = NEW.listing_id AND l.kind <> 'request') THEN
    RAISE EXCEPTION 'an attachment to an answer of another question, or of a request' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER attachment_in_place BEFORE INSERT ON market.attachment
  FOR EACH ROW EXECUTE FUNCTION market.refuse_astray();
--> statement-breakpoint
-- Pages of questions are kept by a count of their changes; what stands on them of the market counts too.
CREATE CONSTRAINT TRIGGER attachment_change AFTER INSERT OR UPDATE ON market.attachment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.count_change();
--> statement-breakpoint
CREATE FUNCTION market.count_on_questions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_question uuid;
BEGIN
  FOR v_question IN
    SELECT DISTINCT s.id FROM (
      SELECT a.question_id FROM market.attachment a
      WHERE a.wijk_id = NEW.wijk_id AND a.listing_id = NEW.id AND a.ended_at IS NULL
      UNION ALL VALUES (NEW.question_id), (NEW.became_question_id), (OLD.question_id), (OLD.became_question_id)
    ) s (id) WHERE s.id IS NOT NULL ORDER BY s.id
  LOOP
    PERFORM vraagbaak.hold_kept(NEW.wijk_id, v_question);
    INSERT INTO vraagbaak.question_version AS v (wijk_id, question_id, version)
    VALUES (NEW.wijk_id, v_question, 1)
    ON CONFLICT (wijk_id, question_id) DO UPDATE SET version = v.version + 1;
  END LOOP;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION market.refuse_sealed(), market.forget_question(), market.refuse_astray(),
  market.count_on_questions() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER listing_on_questions AFTER UPDATE ON market.listing
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (
    (OLD.state, OLD.kind, OLD.slug, OLD.title, OLD.area, OLD.mode, OLD.rate, OLD.places, OLD.question_id,
      OLD.became_question_id)
    IS DISTINCT FROM
    (NEW.state, NEW.kind, NEW.slug, NEW.title, NEW.area, NEW.mode, NEW.rate, NEW.places, NEW.question_id,
      NEW.became_question_id))
  EXECUTE FUNCTION market.count_on_questions();
--> statement-breakpoint
-- Made anew in 0018 without the end of their path: temporary types of a caller would be found first.
ALTER FUNCTION vraagbaak.hold_kept(uuid, uuid) SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION vraagbaak.count_change() SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION vraagbaak.enter_desk() SET search_path = pg_catalog, pg_temp;
--> statement-breakpoint
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
--> statement-breakpoint
-- Rights on vetting, terms and appeals, rows that only come, and what no code may pass by (M3).
GRANT SELECT, INSERT ON market.provider_criteria, market.provider, market.vetting_round, market.vetting_interest,
  market.vetting_review, market.vetting_decision, market.vetting_appeal, market.terms_version,
  market.terms_signature, market.setup_change, market.listing_appeal TO wijk_app;
GRANT UPDATE (round, is_open, waits_since, standing, valid_until, tell_at, signed_version, terms_due_at, terms_lapsed)
  ON market.provider TO wijk_app;
GRANT UPDATE (outcome, reply, decided_by, decided_at) ON market.vetting_appeal, market.listing_appeal TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER provider_criteria_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.provider_criteria
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER vetting_round_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.vetting_round
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER vetting_interest_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.vetting_interest
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER vetting_review_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.vetting_review
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER vetting_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.vetting_decision
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER terms_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.terms_version
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER terms_signature_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.terms_signature
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER setup_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.setup_change
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER provider_never_goes BEFORE DELETE OR TRUNCATE ON market.provider
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER vetting_appeal_never_goes BEFORE DELETE OR TRUNCATE ON market.vetting_appeal
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER listing_appeal_never_goes BEFORE DELETE OR TRUNCATE ON market.listing_appeal
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- Nobody vets what they handed in, where they said that they have an interest, or, after an appeal, who took
-- part in what was appealed against.
CREATE FUNCTION market.refuse_partial_vetting() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM market.vetting_interest i WHERE (i.wijk_id, i.provider, i.round, i.membership_id, i.conflict)
      = (NEW.wijk_id, NEW.provider, NEW.round, NEW.membership_id, true))
    OR EXISTS (SELECT FROM market.vetting_round r WHERE (r.wijk_id, r.provider, r.opened_by)
      = (NEW.wijk_id, NEW.provider, NEW.membership_id) AND r.cause = 'submitted')
    OR NEW.provider = 'm-' || NEW.membership_id::text THEN
    RAISE EXCEPTION 'a vetting by somebody who has an interest in it' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM market.vetting_appeal a
      JOIN market.vetting_review w USING (wijk_id, provider, round)
      WHERE a.wijk_id = NEW.wijk_id AND a.provider = NEW.provider AND a.outcome = 'granted'
        AND a.round = NEW.round - 1 AND w.membership_id = NEW.membership_id) THEN
    RAISE EXCEPTION 'a vetting after an appeal by somebody who judged before' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER vetting_review_independent BEFORE INSERT ON market.vetting_review
  FOR EACH ROW EXECUTE FUNCTION market.refuse_partial_vetting();
--> statement-breakpoint
-- A decision has two who advised it behind it, or is to wait for proof where three all differ.
CREATE FUNCTION market.refuse_lone_vetting() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_all integer;
  v_same integer;
BEGIN
  SELECT count(*), count(*) FILTER (WHERE r.advice = NEW.decision) INTO v_all, v_same FROM market.vetting_review r
  WHERE (r.wijk_id, r.provider, r.round) = (NEW.wijk_id, NEW.provider, NEW.round);
  IF v_same < 2 AND NOT (v_all >= 3 AND NEW.decision = 'pending') THEN
    RAISE EXCEPTION 'a vetting without two who advised it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER vetting_decision_agreed BEFORE INSERT ON market.vetting_decision
  FOR EACH ROW EXECUTE FUNCTION market.refuse_lone_vetting();
--> statement-breakpoint
-- Who is vetted has a decision that says so, until the day that it says; who signed has a signature. Looked at
-- when the transaction ends.
CREATE FUNCTION market.refuse_unvetted() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.standing IS NOT NULL AND NOT EXISTS (SELECT FROM market.vetting_decision d
      WHERE (d.wijk_id, d.provider, d.round) = (NEW.wijk_id, NEW.key, NEW.standing)
        AND d.decision = 'recommend' AND d.valid_until = NEW.valid_until) THEN
    RAISE EXCEPTION 'a vetted provider without a decision of two' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.signed_version IS NOT NULL AND NOT EXISTS (SELECT FROM market.terms_signature s
      WHERE (s.wijk_id, s.provider, s.version) = (NEW.wijk_id, NEW.key, NEW.signed_version)) THEN
    RAISE EXCEPTION 'signed terms without a signature' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER provider_vetted AFTER INSERT OR UPDATE ON market.provider DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION market.refuse_unvetted();
--> statement-breakpoint
-- What comes into view while the wijk asks for a vetted provider has one, who signed. What stood there before the
-- wijk asked for it stays until it leaves by itself.
CREATE FUNCTION market.refuse_unvetted_listing() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_professional boolean;
  v_paid boolean;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND (OLD.shell, OLD.mode) = (NEW.shell, NEW.mode) THEN
    RETURN NULL;
  END IF;
  -- what it is when the transaction ends counts
  IF NOT EXISTS (SELECT FROM market.listing l WHERE l.wijk_id = NEW.wijk_id AND l.id = NEW.id AND l.state = 'published') THEN
    RETURN NULL;
  END IF;
  SELECT p.vet_professional, p.vet_paid INTO v_professional, v_paid FROM market.policy p
  WHERE p.wijk_id = NEW.wijk_id ORDER BY p.version DESC LIMIT 1;
  IF NOT coalesce((v_professional AND NEW.shell = 3) OR (v_paid AND NEW.mode IN ('fixed', 'hourly')), false) THEN
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM market.provider p WHERE p.wijk_id = NEW.wijk_id
      AND p.key = coalesce('o-' || NEW.organisation_id::text, 'm-' || NEW.membership_id::text)
      AND p.standing IS NOT NULL AND p.signed_version IS NOT NULL AND NOT p.terms_lapsed) THEN
    RAISE EXCEPTION 'an offer in view of a provider who is not vetted or did not sign' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER listing_vetted AFTER INSERT OR UPDATE ON market.listing DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.kind = 'offer' AND NEW.state = 'published')
  EXECUTE FUNCTION market.refuse_unvetted_listing();
--> statement-breakpoint
-- An appeal is decided once, by nobody who took part in what it is against, and never by who made it.
CREATE FUNCTION market.keep_vetting_appeal() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.decided_at IS NOT NULL OR NEW.decided_by = OLD."by" THEN
    RAISE EXCEPTION 'an appeal is decided once, by somebody else' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM market.vetting_review r WHERE (r.wijk_id, r.provider, r.round, r.membership_id)
      = (NEW.wijk_id, NEW.provider, NEW.round, NEW.decided_by)) THEN
    RAISE EXCEPTION 'an appeal decided by somebody who judged' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE FUNCTION market.keep_listing_appeal() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.decided_at IS NOT NULL OR NEW.decided_by = OLD."by" THEN
    RAISE EXCEPTION 'an appeal is decided once, by somebody else' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM market.listing_decision d WHERE (d.wijk_id, d.id, d."by")
      = (NEW.wijk_id, NEW.decision_id, NEW.decided_by)) THEN
    RAISE EXCEPTION 'an appeal decided by who took the decision' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER vetting_appeal_stays BEFORE UPDATE ON market.vetting_appeal
  FOR EACH ROW EXECUTE FUNCTION market.keep_vetting_appeal();
CREATE TRIGGER listing_appeal_stays BEFORE UPDATE ON market.listing_appeal
  FOR EACH ROW EXECUTE FUNCTION market.keep_listing_appeal();
--> statement-breakpoint
REVOKE ALL ON FUNCTION market.refuse_partial_vetting(), market.refuse_lone_vetting(), market.refuse_unvetted(),
  market.refuse_unvetted_listing(), market.keep_vetting_appeal(), market.keep_listing_appeal() FROM PUBLIC;
