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
