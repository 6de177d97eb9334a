-- Rights, append-only tables and the sealed author link.

CREATE SCHEMA sealed;
--> statement-breakpoint
-- The only place that says who asked (V3). No id, no time: the row must not tell more than that.
CREATE TABLE sealed.question_author (
  wijk_id uuid NOT NULL,
  question_id uuid NOT NULL,
  membership_id uuid NOT NULL,
  PRIMARY KEY (wijk_id, question_id),
  CONSTRAINT question_author_question FOREIGN KEY (wijk_id, question_id)
    REFERENCES vraagbaak.question (wijk_id, id),
  CONSTRAINT question_author_membership FOREIGN KEY (wijk_id, membership_id)
    REFERENCES identity.membership (wijk_id, id)
);
--> statement-breakpoint
CREATE INDEX question_author_member ON sealed.question_author (wijk_id, membership_id);
--> statement-breakpoint
CREATE FUNCTION sealed.record_author(p_wijk uuid, p_question uuid, p_membership uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO sealed.question_author (wijk_id, question_id, membership_id)
  VALUES (p_wijk, p_question, p_membership);
$$;
--> statement-breakpoint
CREATE FUNCTION sealed.is_author(p_wijk uuid, p_question uuid, p_membership uuid)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT EXISTS (
    SELECT FROM sealed.question_author a
    WHERE a.wijk_id = p_wijk AND a.question_id = p_question AND a.membership_id = p_membership
  );
$$;
--> statement-breakpoint
-- Called with the actor's own membership only: "my questions".
CREATE FUNCTION sealed.questions_of(p_wijk uuid, p_membership uuid)
RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT a.question_id FROM sealed.question_author a
  WHERE a.wijk_id = p_wijk AND a.membership_id = p_membership;
$$;
--> statement-breakpoint
-- For the mail sender: where to reach the asker. Never kept outside the moment of sending.
CREATE FUNCTION sealed.reach_asker(p_wijk uuid, p_question uuid)
RETURNS TABLE (email text, name text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
  SELECT p.email, p.name
  FROM sealed.question_author a
  JOIN identity.membership m ON m.wijk_id = a.wijk_id AND m.id = a.membership_id
  JOIN identity.person p ON p.id = m.person_id
  WHERE a.wijk_id = p_wijk AND a.question_id = p_question AND p.erased_at IS NULL;
$$;
--> statement-breakpoint
-- Live hint to the asker's own open pages. The message names the member, never the question.
CREATE FUNCTION sealed.hint_asker(p_wijk uuid, p_question uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT pg_notify('wijk_live', json_build_object('w', a.wijk_id, 't', 'me', 'm', a.membership_id)::text)
  FROM sealed.question_author a
  WHERE a.wijk_id = p_wijk AND a.question_id = p_question;
$$;
--> statement-breakpoint
-- The name that the asker chose to show; null for whoever asked without one. A function and not a
-- view: it is always four look-ups by key, whatever the planner thinks of the tables.
CREATE FUNCTION sealed.asker_name(p_wijk uuid, p_question uuid)
RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN (
    SELECT p.name
    FROM vraagbaak.question q
    JOIN sealed.question_author a ON a.wijk_id = q.wijk_id AND a.question_id = q.id
    JOIN identity.membership m ON m.wijk_id = a.wijk_id AND m.id = a.membership_id
    JOIN identity.person p ON p.id = m.person_id
    WHERE q.wijk_id = p_wijk AND q.id = p_question AND q.visibility = 'public'
      AND p.erased_at IS NULL
  );
END
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA sealed, vraagbaak, identity TO wijk_sealed;
GRANT SELECT (wijk_id, id, visibility) ON vraagbaak.question TO wijk_sealed;
GRANT SELECT (wijk_id, id, person_id) ON identity.membership TO wijk_sealed;
GRANT SELECT (id, email, name, erased_at) ON identity.person TO wijk_sealed;
GRANT CREATE ON SCHEMA sealed TO wijk_sealed;
ALTER TABLE sealed.question_author OWNER TO wijk_sealed;
ALTER FUNCTION sealed.asker_name(uuid, uuid) OWNER TO wijk_sealed;
ALTER FUNCTION sealed.record_author(uuid, uuid, uuid) OWNER TO wijk_sealed;
ALTER FUNCTION sealed.is_author(uuid, uuid, uuid) OWNER TO wijk_sealed;
ALTER FUNCTION sealed.questions_of(uuid, uuid) OWNER TO wijk_sealed;
ALTER FUNCTION sealed.reach_asker(uuid, uuid) OWNER TO wijk_sealed;
ALTER FUNCTION sealed.hint_asker(uuid, uuid) OWNER TO wijk_sealed;
REVOKE CREATE ON SCHEMA sealed FROM wijk_sealed;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sealed FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA kernel, wijk, identity, vraagbaak, notifications, demonstration, sealed TO wijk_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sealed TO wijk_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA kernel, identity, vraagbaak, notifications, demonstration TO wijk_app;
GRANT SELECT ON ALL TABLES IN SCHEMA wijk TO wijk_app;
GRANT INSERT, UPDATE, DELETE ON wijk.theme, wijk.calendar_period, wijk.calendar_exception TO wijk_app;
GRANT INSERT, UPDATE ON wijk.wijk TO wijk_app;
GRANT INSERT ON wijk.promise_policy TO wijk_app;
REVOKE UPDATE, DELETE ON kernel.event, vraagbaak.promise_event FROM wijk_app;
REVOKE DELETE ON vraagbaak.question, vraagbaak.answer, vraagbaak.promise, vraagbaak.assignment,
  vraagbaak.desk_action, identity.person, identity.membership, identity.role_grant FROM wijk_app;
--> statement-breakpoint
CREATE FUNCTION kernel.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %.% is refused: rows are only added', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kernel.event
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER promise_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON vraagbaak.promise_event
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER promise_policy_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wijk.promise_policy
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- A frozen outcome stays as it is, whoever asks (V12: a past week never changes by itself).
CREATE FUNCTION vraagbaak.keep_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.frozen_outcome IS NOT NULL AND (
    NEW.frozen_outcome IS DISTINCT FROM OLD.frozen_outcome
    OR NEW.frozen_minutes IS DISTINCT FROM OLD.frozen_minutes
    OR (NEW.week_year, NEW.week, NEW.theme) IS DISTINCT FROM (OLD.week_year, OLD.week, OLD.theme)
  ) THEN
    RAISE EXCEPTION 'the outcome of a promise is frozen' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER promise_keep_frozen BEFORE UPDATE ON vraagbaak.promise
  FOR EACH ROW EXECUTE FUNCTION vraagbaak.keep_frozen();
