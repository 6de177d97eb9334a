-- What deferred triggers keep of a question is written by one transaction at a time, so that the last
-- one sees what all others did: one lock for a question and its duplicates. Until now a writer that
-- found, after it had waited, that its question had become a duplicate took the lock of the original
-- as well, out of order, and could wait in a circle with one that undid a duplicate. Now a commit that
-- moves a duplicate is alone in its wijk for as long as that commit takes, and all others share: which
-- lock is a question's cannot change while one waits for it.
CREATE FUNCTION vraagbaak.mark_moving() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  -- for this transaction; the deferred triggers read it at its commit
  PERFORM set_config('vraagbaak.moves_duplicates', 'on', true);
  RETURN NULL;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION vraagbaak.mark_moving() FROM PUBLIC;
CREATE TRIGGER question_moving AFTER UPDATE OF duplicate_of ON vraagbaak.question FOR EACH ROW
  WHEN (OLD.duplicate_of IS DISTINCT FROM NEW.duplicate_of) EXECUTE FUNCTION vraagbaak.mark_moving();
--> statement-breakpoint
CREATE FUNCTION vraagbaak.hold_kept(p_wijk uuid, p_question uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_first uuid;
BEGIN
  IF current_setting('vraagbaak.moves_duplicates', true) = 'on' THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('vraagbaak.duplicates ' || p_wijk, 0));
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('vraagbaak.duplicates ' || p_wijk, 0));
  SELECT coalesce(q.duplicate_of, q.id) INTO v_first FROM vraagbaak.question q
  WHERE q.wijk_id = p_wijk AND q.id = p_question;
  PERFORM pg_advisory_xact_lock(hashtextextended('vraagbaak.kept ' || v_first, 0));
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION vraagbaak.hold_kept(uuid, uuid) FROM PUBLIC;
CREATE OR REPLACE FUNCTION vraagbaak.count_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
  v_question uuid;
BEGIN
  IF TG_TABLE_NAME = 'question' THEN
    v_question := NEW.id;
  ELSE
    v_question := NEW.question_id;
  END IF;
  PERFORM vraagbaak.hold_kept(NEW.wijk_id, v_question);
  INSERT INTO vraagbaak.question_version AS v (wijk_id, question_id, version)
  VALUES (NEW.wijk_id, v_question, 1)
  ON CONFLICT (wijk_id, question_id) DO UPDATE SET version = v.version + 1;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION vraagbaak.enter_desk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
  v_question uuid;
  v_original uuid;
BEGIN
  IF TG_TABLE_NAME = 'question' THEN
    v_question := NEW.id;
    IF OLD.duplicate_of IS DISTINCT FROM NEW.duplicate_of THEN
      v_original := OLD.duplicate_of;
    END IF;
  ELSE
    v_question := NEW.question_id;
  END IF;
  PERFORM vraagbaak.refresh_desk(NEW.wijk_id, v_question);
  IF v_original IS NOT NULL THEN
    PERFORM vraagbaak.refresh_desk(NEW.wijk_id, v_original);
  END IF;
  IF TG_TABLE_NAME IN ('question', 'promise') THEN
    SELECT q.duplicate_of INTO v_original FROM vraagbaak.question q
    WHERE q.wijk_id = NEW.wijk_id AND q.id = v_question;
    IF v_original IS NOT NULL THEN
      PERFORM vraagbaak.refresh_desk(NEW.wijk_id, v_original);
    END IF;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
DROP FUNCTION vraagbaak.hold_kept(uuid, uuid, uuid);
