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
