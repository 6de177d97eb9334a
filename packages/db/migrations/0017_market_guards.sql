-- Rights on the market, and rows that only come.
GRANT USAGE ON SCHEMA market TO wijk_app;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA market TO wijk_app;
GRANT UPDATE ON market.listing, market."order", market.theme, market.area TO wijk_app;
-- words of people are emptied by erasure, nothing else of a step ever changes
GRANT UPDATE (note) ON market.order_event TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER policy_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.policy
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER listing_revision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.listing_revision
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER listing_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.listing_decision
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER order_event_stays BEFORE DELETE OR TRUNCATE ON market.order_event
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (ended_at, payment_id) ON wallet.reservation TO wijk_app;
--> statement-breakpoint
-- Rights on the index of listings, what keeps it in step, and how it is read.
GRANT SELECT, INSERT, UPDATE, DELETE ON search.listing_document, search.listing_tally, search.listing_term,
  search.listing_stale TO wijk_app;
GRANT SELECT, INSERT, UPDATE ON search.listing_state TO wijk_app;
--> statement-breakpoint
-- As search.forget does for questions: text that leaves the market is found by nobody from the commit on, and
-- a word that only it had is suggested to nobody. Its counts are settled by the worker.
CREATE FUNCTION search.forget_listing(p_wijk uuid, p_listing uuid) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_gone integer[];
BEGIN
  WITH gone AS (
    DELETE FROM search.listing_document d
    WHERE d.wijk_id = p_wijk AND d.listing_id = p_listing RETURNING d.keys
  ), tallied AS (
    UPDATE search.listing_tally t SET words = '{}', changed = true
    FROM gone g WHERE t.wijk_id = p_wijk AND t.listing_id = p_listing
  )
  SELECT array_agg(DISTINCT (k >> 3) & 536870911) INTO v_gone
  FROM gone g CROSS JOIN LATERAL unnest(g.keys) AS k;
  IF v_gone IS NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock_shared(7203161, hashtext(p_wijk::text));
  UPDATE search.listing_term t SET surface = ''
  WHERE t.wijk_id = p_wijk AND t.number = ANY (v_gone) AND t.df <= 1 AND t.surface <> '';
END
$$;
--> statement-breakpoint
-- No change can be forgotten: a listing that is published, changed or taken away is noted. Who changed it
-- indexes it in the same transaction; else a worker does within a second.
CREATE FUNCTION search.note_listing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'published' THEN
    PERFORM search.forget_listing(NEW.wijk_id, NEW.id);
  END IF;
  IF NEW.state = 'published' THEN
    INSERT INTO search.listing_stale (wijk_id, listing_id) VALUES (NEW.wijk_id, NEW.id) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION search.forget_listing(uuid, uuid), search.note_listing() FROM PUBLIC;
CREATE TRIGGER listing_search_new AFTER INSERT ON market.listing
  FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION search.note_listing();
CREATE TRIGGER listing_search AFTER UPDATE ON market.listing
  FOR EACH ROW WHEN (
    (OLD.state = 'published' OR NEW.state = 'published') AND
    (OLD.state, OLD.kind, OLD.title, OLD.body, OLD.theme, OLD.area, OLD.audience, OLD.accessibility, OLD.availability,
      OLD.languages, OLD.periods, OLD.mode, OLD.rate, OLD.foreign_account, OLD.published_at)
    IS DISTINCT FROM
    (NEW.state, NEW.kind, NEW.title, NEW.body, NEW.theme, NEW.area, NEW.audience, NEW.accessibility, NEW.availability,
      NEW.languages, NEW.periods, NEW.mode, NEW.rate, NEW.foreign_account, NEW.published_at))
  EXECUTE FUNCTION search.note_listing();
--> statement-breakpoint
-- Listings that may fit: in each pass those with a key of each of its lists and of each filter, or the newest
-- where it has no list. Each statement is planned for its own keys: which of them are rare decides the way.
CREATE FUNCTION search.listing_candidates(
  p_wijk uuid, p_passes jsonb, p_filters text[], p_max_rate integer, p_all integer[]
) RETURNS TABLE (id uuid, facets text, at double precision, matched text) LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS $$
DECLARE
  v_pass jsonb;
  v_lists text[];
  v_where text;
BEGIN
  FOR v_pass IN SELECT p.value FROM jsonb_array_elements(p_passes) p LOOP
    v_lists := ARRAY(SELECT l.value FROM jsonb_array_elements_text(v_pass -> 'lists') l);
    CONTINUE WHEN '{}' = ANY (v_lists || p_filters);
    SELECT coalesce(string_agg(format(' AND d.keys && %L::integer[]', l), ''), '') INTO v_where
    FROM unnest(v_lists || p_filters) l;
    IF p_max_rate IS NOT NULL THEN
      v_where := v_where || format(' AND d.rate <= %L::integer', p_max_rate);
    END IF;
    -- keys are those of one wijk anyway: compared as text no plan goes through all of it by another index
    RETURN QUERY EXECUTE
      'SELECT d.listing_id, d.facets, (extract(epoch FROM d.published_at) * 1000)::double precision, '
      || CASE WHEN cardinality(p_all) = 0 THEN '''''::text' ELSE '(d.keys OPERATOR(search.&) $2)::text' END
      || ' FROM search.listing_document d WHERE '
      || CASE WHEN cardinality(v_lists) = 0 THEN 'd.wijk_id = $1' ELSE 'd.wijk_id::text = $1::text' END || v_where
      || CASE WHEN cardinality(v_lists) = 0 THEN ' ORDER BY d.published_at DESC NULLS LAST, d.listing_id DESC NULLS LAST' ELSE '' END
      || ' LIMIT $3'
      USING p_wijk, p_all, (v_pass ->> 'limit')::integer;
  END LOOP;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION search.listing_candidates(uuid, jsonb, text[], integer, integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search.listing_candidates(uuid, jsonb, text[], integer, integer[]) TO wijk_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON market.review, market.review_decision TO wijk_app;
--> statement-breakpoint
GRANT UPDATE (stars, body, at, both_at, reply, replied_by, replied_at, flag_reason, flag_note, flagged_by, flagged_at, removed_at) ON market.review TO wijk_app;
--> statement-breakpoint
-- what both sides said stays as it is once both are in; words of people are emptied by erasure
CREATE FUNCTION market.keep_review() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.both_at IS NOT NULL AND (NEW.stars <> OLD.stars OR NEW.both_at IS DISTINCT FROM OLD.both_at
      OR (NEW.body <> OLD.body AND NEW.body <> '')) THEN
    RAISE EXCEPTION 'a review that is shown does not change';
  END IF;
  IF OLD.reply IS NOT NULL AND NEW.reply IS DISTINCT FROM OLD.reply AND NEW.reply IS DISTINCT FROM '' THEN
    RAISE EXCEPTION 'an answer to a review is given once';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER review_stays BEFORE UPDATE ON market.review FOR EACH ROW EXECUTE FUNCTION market.keep_review();
--> statement-breakpoint
CREATE TRIGGER review_never_goes BEFORE DELETE OR TRUNCATE ON market.review
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
CREATE TRIGGER review_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.review_decision
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
GRANT SELECT, INSERT ON market.conversation, market.message, market.message_read, market.message_report, market.conversation_look TO wijk_app;
--> statement-breakpoint
GRANT UPDATE (last, last_at) ON market.conversation TO wijk_app;
--> statement-breakpoint
-- words of people are emptied by erasure, nothing else of a message ever changes
GRANT UPDATE (body) ON market.message TO wijk_app;
--> statement-breakpoint
GRANT UPDATE (nr) ON market.message_read TO wijk_app;
--> statement-breakpoint
GRANT UPDATE (note, closed_at, closed_by, outcome) ON market.message_report TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER message_stays BEFORE DELETE OR TRUNCATE ON market.message
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
CREATE TRIGGER conversation_look_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.conversation_look
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
GRANT SELECT, INSERT ON market.welfare, market.handover TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER welfare_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.welfare
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
CREATE TRIGGER handover_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.handover
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- Rights on curation, rows that only come, and what no code may pass by (M3).
GRANT SELECT, INSERT ON market.criteria, market.app, market.app_version, market.curation_round, market.interest,
  market.app_review, market.curation_decision TO wijk_app;
GRANT UPDATE ON market.app TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER criteria_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.criteria
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER app_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.app_version
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER curation_round_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.curation_round
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER interest_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.interest
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER app_review_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.app_review
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER curation_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON market.curation_decision
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- Nobody judges what they handed in, or where they said that they have an interest.
CREATE FUNCTION market.refuse_partial_review() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM market.interest i WHERE (i.wijk_id, i.listing_id, i.round, i.membership_id, i.conflict)
      = (NEW.wijk_id, NEW.listing_id, NEW.round, NEW.membership_id, true))
    OR EXISTS (SELECT FROM market.app_version v WHERE (v.wijk_id, v.listing_id, v.submitted_by)
      = (NEW.wijk_id, NEW.listing_id, NEW.membership_id)) THEN
    RAISE EXCEPTION 'a review by somebody who has an interest in it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER app_review_independent BEFORE INSERT ON market.app_review
  FOR EACH ROW EXECUTE FUNCTION market.refuse_partial_review();
--> statement-breakpoint
-- A decision has two who advised it behind it, or is to wait for proof where three all differ.
CREATE FUNCTION market.refuse_lone_decision() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_all integer;
  v_same integer;
BEGIN
  SELECT count(*), count(*) FILTER (WHERE r.advice = NEW.decision) INTO v_all, v_same FROM market.app_review r
  WHERE (r.wijk_id, r.listing_id, r.round) = (NEW.wijk_id, NEW.listing_id, NEW.round);
  IF v_same < 2 AND NOT (v_all >= 3 AND NEW.decision = 'pending') THEN
    RAISE EXCEPTION 'a decision without two who advised it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER curation_decision_agreed BEFORE INSERT ON market.curation_decision
  FOR EACH ROW EXECUTE FUNCTION market.refuse_lone_decision();
--> statement-breakpoint
-- Whatever comes to a listing: an app is in view only while a recommendation stands. Looked at when the
-- transaction ends, for a decision changes both.
CREATE FUNCTION market.refuse_uncurated() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_id uuid := CASE TG_TABLE_NAME WHEN 'listing' THEN (to_jsonb(NEW) ->> 'id')::uuid
    ELSE (to_jsonb(NEW) ->> 'listing_id')::uuid END;
BEGIN
  IF EXISTS (SELECT FROM market.listing l WHERE l.wijk_id = NEW.wijk_id AND l.id = v_id
      AND l.kind = 'ehealth' AND l.state IN ('published', 'paused'))
    AND NOT EXISTS (SELECT FROM market.app a
      JOIN market.curation_decision d ON d.wijk_id = a.wijk_id AND d.listing_id = a.listing_id
        AND d.round = a.standing AND d.decision = 'recommend'
      WHERE a.wijk_id = NEW.wijk_id AND a.listing_id = v_id) THEN
    RAISE EXCEPTION 'an app in view that nobody recommends' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION market.refuse_partial_review(), market.refuse_lone_decision(), market.refuse_uncurated()
  FROM PUBLIC;
CREATE CONSTRAINT TRIGGER listing_curated AFTER INSERT OR UPDATE ON market.listing DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.kind = 'ehealth' AND NEW.state IN ('published', 'paused'))
  EXECUTE FUNCTION market.refuse_uncurated();
CREATE CONSTRAINT TRIGGER app_curated AFTER INSERT OR UPDATE ON market.app DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION market.refuse_uncurated();
