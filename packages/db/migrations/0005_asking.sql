CREATE TABLE "vraagbaak"."asker_look" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"looked_by" uuid NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "asker_look_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."comment" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"membership_id" uuid,
	"author_name" text,
	"author_title" text,
	"capacity" text NOT NULL,
	"body" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"edited_at" timestamp with time zone,
	"hidden_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	CONSTRAINT "comment_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "comment_of_asker" CHECK (("vraagbaak"."comment"."capacity" = 'asker') = ("vraagbaak"."comment"."membership_id" is null)),
	CONSTRAINT "comment_name" CHECK (("vraagbaak"."comment"."capacity" = 'asker') = ("vraagbaak"."comment"."author_name" is null))
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."consent" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"text_version" text NOT NULL,
	"text_hash" text NOT NULL,
	"subject_id" uuid,
	"given_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "consent_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."deflection" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"theme" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"week_year" smallint NOT NULL,
	"week" smallint NOT NULL,
	CONSTRAINT "deflection_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."imported" (
	"wijk_id" uuid NOT NULL,
	"source" text NOT NULL,
	"external_id" text NOT NULL,
	"kind" text NOT NULL,
	"target_id" uuid NOT NULL,
	"content_hash" text NOT NULL,
	"asked_by" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "imported_wijk_id_source_kind_external_id_pk" PRIMARY KEY("wijk_id","source","kind","external_id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."me_too" (
	"wijk_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "me_too_wijk_id_question_id_membership_id_pk" PRIMARY KEY("wijk_id","question_id","membership_id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."mention" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"comment_id" uuid,
	"membership_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "mention_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "mention_once" UNIQUE NULLS NOT DISTINCT("wijk_id","answer_id","comment_id","membership_id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."reply_revision" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"comment_id" uuid,
	"kind" text NOT NULL,
	"editor_id" uuid,
	"body" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "reply_revision_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."twin" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"theme" text NOT NULL,
	"answer_body" text DEFAULT '' NOT NULL,
	"answer_id" uuid,
	"message" text DEFAULT '' NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decision" text,
	"public_id" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "twin_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "twin_decided" CHECK (("vraagbaak"."twin"."decided_at" is null) = ("vraagbaak"."twin"."decision" is null)),
	CONSTRAINT "twin_published" CHECK (("vraagbaak"."twin"."decision" is not distinct from 'agreed') = ("vraagbaak"."twin"."public_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."useful" (
	"wijk_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "useful_wijk_id_answer_id_membership_id_pk" PRIMARY KEY("wijk_id","answer_id","membership_id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."photo" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid,
	"position" smallint DEFAULT 0 NOT NULL,
	"claim_hash" text NOT NULL,
	"alt" text DEFAULT '' NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"large" "bytea",
	"small" "bytea",
	"uploaded_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "photo_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "photo_there" CHECK (("vraagbaak"."photo"."removed_at" is null) = ("vraagbaak"."photo"."large" is not null and "vraagbaak"."photo"."small" is not null))
);
--> statement-breakpoint
ALTER TABLE "vraagbaak"."flag" DROP CONSTRAINT "flag_once";--> statement-breakpoint
ALTER TABLE "vraagbaak"."flag" ADD COLUMN "comment_id" uuid;--> statement-breakpoint
ALTER TABLE "vraagbaak"."moderation_decision" ADD COLUMN "comment_id" uuid;--> statement-breakpoint
ALTER TABLE "vraagbaak"."answer" ADD COLUMN "format" text DEFAULT 'text' NOT NULL;--> statement-breakpoint
ALTER TABLE "vraagbaak"."answer" ADD COLUMN "unhelpful_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "vraagbaak"."answer" ADD COLUMN "unhelpful_note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "vraagbaak"."answer" ADD COLUMN "useful_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD COLUMN "health" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD COLUMN "me_too_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question_draft" ADD COLUMN "health" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question_draft" ADD COLUMN "consent_version" text;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question_draft" ADD COLUMN "photos" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "vraagbaak"."asker_look" ADD CONSTRAINT "asker_look_question_fk" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."asker_look" ADD CONSTRAINT "asker_look_by" FOREIGN KEY ("wijk_id","looked_by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."comment" ADD CONSTRAINT "comment_answer" FOREIGN KEY ("wijk_id","answer_id") REFERENCES "vraagbaak"."answer"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."comment" ADD CONSTRAINT "comment_question_fk" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."comment" ADD CONSTRAINT "comment_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."consent" ADD CONSTRAINT "consent_question_fk" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."deflection" ADD CONSTRAINT "deflection_question" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."me_too" ADD CONSTRAINT "me_too_question" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."me_too" ADD CONSTRAINT "me_too_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."mention" ADD CONSTRAINT "mention_answer" FOREIGN KEY ("wijk_id","answer_id") REFERENCES "vraagbaak"."answer"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."mention" ADD CONSTRAINT "mention_comment" FOREIGN KEY ("wijk_id","comment_id") REFERENCES "vraagbaak"."comment"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."mention" ADD CONSTRAINT "mention_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."reply_revision" ADD CONSTRAINT "reply_revision_answer_fk" FOREIGN KEY ("wijk_id","answer_id") REFERENCES "vraagbaak"."answer"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."reply_revision" ADD CONSTRAINT "reply_revision_comment" FOREIGN KEY ("wijk_id","comment_id") REFERENCES "vraagbaak"."comment"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."twin" ADD CONSTRAINT "twin_question_fk" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."twin" ADD CONSTRAINT "twin_public_fk" FOREIGN KEY ("wijk_id","public_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."useful" ADD CONSTRAINT "useful_answer" FOREIGN KEY ("wijk_id","answer_id") REFERENCES "vraagbaak"."answer"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."useful" ADD CONSTRAINT "useful_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."photo" ADD CONSTRAINT "photo_question_fk" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_member" ON "vraagbaak"."answer" USING btree ("wijk_id","membership_id","published_at");--> statement-breakpoint
CREATE INDEX "asker_look_question" ON "vraagbaak"."asker_look" USING btree ("wijk_id","question_id","at");--> statement-breakpoint
CREATE INDEX "asker_look_newest" ON "vraagbaak"."asker_look" USING btree ("wijk_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "comment_question" ON "vraagbaak"."comment" USING btree ("wijk_id","question_id","published_at");--> statement-breakpoint
CREATE INDEX "comment_recent" ON "vraagbaak"."comment" USING btree ("wijk_id","published_at");--> statement-breakpoint
CREATE INDEX "consent_question" ON "vraagbaak"."consent" USING btree ("wijk_id","question_id");--> statement-breakpoint
CREATE INDEX "deflection_week" ON "vraagbaak"."deflection" USING btree ("wijk_id","week_year","week");--> statement-breakpoint
CREATE INDEX "reply_revision_answer" ON "vraagbaak"."reply_revision" USING btree ("wijk_id","answer_id","at");--> statement-breakpoint
CREATE INDEX "twin_question" ON "vraagbaak"."twin" USING btree ("wijk_id","question_id","proposed_at");--> statement-breakpoint
CREATE INDEX "twin_public" ON "vraagbaak"."twin" USING btree ("wijk_id","public_id");--> statement-breakpoint
CREATE INDEX "imported_target" ON "vraagbaak"."imported" USING btree ("wijk_id","target_id");--> statement-breakpoint
CREATE INDEX "photo_question" ON "vraagbaak"."photo" USING btree ("wijk_id","question_id","position") WHERE "vraagbaak"."photo"."question_id" is not null;--> statement-breakpoint
CREATE INDEX "photo_loose" ON "vraagbaak"."photo" USING btree ("uploaded_at") WHERE "vraagbaak"."photo"."question_id" is null;--> statement-breakpoint
ALTER TABLE "vraagbaak"."flag" ADD CONSTRAINT "flag_once" UNIQUE NULLS NOT DISTINCT("wijk_id","question_id","answer_id","comment_id","membership_id");
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON vraagbaak.photo TO wijk_app;
GRANT SELECT, INSERT, UPDATE ON vraagbaak.comment, vraagbaak.consent, vraagbaak.twin TO wijk_app;
GRANT SELECT, INSERT, DELETE ON vraagbaak.useful, vraagbaak.me_too TO wijk_app;
GRANT SELECT, INSERT ON vraagbaak.reply_revision, vraagbaak.mention, vraagbaak.deflection,
  vraagbaak.imported TO wijk_app;
GRANT SELECT ON vraagbaak.asker_look TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER reply_revision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON vraagbaak.reply_revision
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER deflection_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON vraagbaak.deflection
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER asker_look_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON vraagbaak.asker_look
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- What was agreed to stays as it was; only that it was withdrawn is added, once.
CREATE FUNCTION vraagbaak.keep_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.withdrawn_at IS NOT NULL
    OR (to_jsonb(NEW) - 'withdrawn_at') IS DISTINCT FROM (to_jsonb(OLD) - 'withdrawn_at') THEN
    RAISE EXCEPTION 'a consent is not changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER consent_kept BEFORE UPDATE OR DELETE ON vraagbaak.consent
  FOR EACH ROW EXECUTE FUNCTION vraagbaak.keep_consent();
--> statement-breakpoint
GRANT INSERT ON vraagbaak.asker_look TO wijk_sealed;
-- The public version of a private question is of the same asker; the application never learns of whom.
CREATE FUNCTION sealed.copy_author(p_wijk uuid, p_from uuid, p_to uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO sealed.question_author (wijk_id, question_id, membership_id)
  SELECT a.wijk_id, p_to, a.membership_id FROM sealed.question_author a
  WHERE a.wijk_id = p_wijk AND a.question_id = p_from;
$$;
--> statement-breakpoint
-- Who asked, for an editor who has to know. The look is written in the same breath, or there is none.
CREATE FUNCTION sealed.look_up_asker(
  p_wijk uuid, p_question uuid, p_look uuid, p_looked_by uuid, p_reason text, p_at timestamptz)
RETURNS TABLE (email text, name text) LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO vraagbaak.asker_look (wijk_id, id, question_id, looked_by, reason, at)
  VALUES (p_wijk, p_look, p_question, p_looked_by, p_reason, p_at);
  SELECT p.email, p.name
  FROM sealed.question_author a
  JOIN identity.membership m ON m.wijk_id = a.wijk_id AND m.id = a.membership_id
  JOIN identity.person p ON p.id = m.person_id
  WHERE a.wijk_id = p_wijk AND a.question_id = p_question AND p.erased_at IS NULL;
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA sealed TO wijk_sealed;
ALTER FUNCTION sealed.copy_author(uuid, uuid, uuid) OWNER TO wijk_sealed;
ALTER FUNCTION sealed.look_up_asker(uuid, uuid, uuid, uuid, text, timestamptz) OWNER TO wijk_sealed;
REVOKE CREATE ON SCHEMA sealed FROM wijk_sealed;
REVOKE ALL ON FUNCTION sealed.copy_author(uuid, uuid, uuid),
  sealed.look_up_asker(uuid, uuid, uuid, uuid, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sealed.copy_author(uuid, uuid, uuid),
  sealed.look_up_asker(uuid, uuid, uuid, uuid, text, timestamptz) TO wijk_app;
--> statement-breakpoint
GRANT SELECT (wijk_id, kind, target_id, asked_by) ON vraagbaak.imported TO wijk_sealed;
-- As before, and what came in from elsewhere under a name keeps that name: it has no asker here.
CREATE OR REPLACE FUNCTION sealed.asker_name(p_wijk uuid, p_question uuid)
RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  RETURN coalesce((
    SELECT p.name
    FROM vraagbaak.question q
    JOIN sealed.question_author a ON a.wijk_id = q.wijk_id AND a.question_id = q.id
    JOIN identity.membership m ON m.wijk_id = a.wijk_id AND m.id = a.membership_id
    JOIN identity.person p ON p.id = m.person_id
    WHERE q.wijk_id = p_wijk AND q.id = p_question AND q.visibility = 'public'
      AND p.erased_at IS NULL
  ), (
    SELECT i.asked_by
    FROM vraagbaak.question q
    JOIN vraagbaak.imported i ON i.wijk_id = q.wijk_id AND i.target_id = q.id AND i.kind = 'question'
    WHERE q.wijk_id = p_wijk AND q.id = p_question AND q.visibility = 'public'
  ));
END
$$;
--> statement-breakpoint
-- As before, and a hidden comment is something to decide as well.
CREATE OR REPLACE FUNCTION vraagbaak.refresh_desk(p_wijk uuid, p_question uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  e vraagbaak.desk_entry;
  v_urgent boolean;
BEGIN
  -- before anything is read: each statement here sees what was committed until it began
  PERFORM vraagbaak.hold_kept(p_wijk, p_question);
  SELECT q.wijk_id, q.id, 1,
    least(coalesce(p.pause_ends_at, p.due_at), (
      SELECT min(coalesce(dp.pause_ends_at, dp.due_at)) FROM vraagbaak.question d
      JOIN vraagbaak.promise dp ON dp.wijk_id = d.wijk_id AND dp.question_id = d.id
      WHERE d.wijk_id = q.wijk_id AND d.duplicate_of = q.id
        AND dp.kept_at IS NULL AND dp.cancelled_at IS NULL)),
    p.due_at, q.theme,
    p.kept_at IS NULL AND p.cancelled_at IS NULL AND q.status IN ('open', 'answered'),
    p.paused_at IS NOT NULL AND p.kept_at IS NULL AND p.cancelled_at IS NULL,
    q.to_check AND q.status IN ('open', 'answered'),
    q.status = 'answered',
    q.moderation = 'held' AND q.status IN ('open', 'answered'),
    (q.moderation = 'hidden' AND q.status IN ('open', 'answered')) OR EXISTS (
      SELECT FROM vraagbaak.answer a WHERE a.wijk_id = q.wijk_id AND a.question_id = q.id
        AND a.hidden_at IS NOT NULL AND a.removed_at IS NULL) OR EXISTS (
      SELECT FROM vraagbaak.comment c WHERE c.wijk_id = q.wijk_id AND c.question_id = q.id
        AND c.hidden_at IS NOT NULL AND c.removed_at IS NULL),
    EXISTS (SELECT FROM vraagbaak.flag f WHERE f.wijk_id = q.wijk_id AND f.question_id = q.id
      AND f.resolved_at IS NULL),
    EXISTS (SELECT FROM vraagbaak.appeal b WHERE b.wijk_id = q.wijk_id AND b.question_id = q.id
      AND b.decided_at IS NULL),
    s.mail_refused_at IS NOT NULL, s.membership_id, q.claimed_by, q.claimed_until
  INTO e.wijk_id, e.question_id, e.rank, e.sort_at, e.due_at, e.theme, e.running, e.waiting, e.to_check,
    e.answered, e.held, e.hidden, e.flagged, e.appealed, e.mail_refused, e.assigned_to, e.claimed_by,
    e.claimed_until
  FROM vraagbaak.question q
  JOIN vraagbaak.promise p ON p.wijk_id = q.wijk_id AND p.question_id = q.id
  LEFT JOIN vraagbaak.assignment s
    ON s.wijk_id = q.wijk_id AND s.question_id = q.id AND s.ended_at IS NULL
  WHERE q.wijk_id = p_wijk AND q.id = p_question;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT q.urgent_at IS NOT NULL AND q.urgent_seen_at IS NULL AND q.status IN ('open', 'answered')
  INTO v_urgent FROM vraagbaak.question q WHERE q.wijk_id = p_wijk AND q.id = p_question;
  IF v_urgent THEN
    e.rank := 0;
  END IF;
  IF NOT (e.running OR e.to_check OR e.held OR e.hidden OR e.flagged OR e.appealed OR v_urgent) THEN
    DELETE FROM vraagbaak.desk_entry d WHERE d.wijk_id = p_wijk AND d.question_id = p_question;
    RETURN;
  END IF;
  INSERT INTO vraagbaak.desk_entry VALUES (e.*)
  ON CONFLICT (wijk_id, question_id) DO UPDATE SET
    (rank, sort_at, due_at, theme, running, waiting, to_check, answered, held, hidden, flagged, appealed,
      mail_refused, assigned_to, claimed_by, claimed_until)
    = (excluded.rank, excluded.sort_at, excluded.due_at, excluded.theme, excluded.running,
      excluded.waiting, excluded.to_check, excluded.answered, excluded.held, excluded.hidden,
      excluded.flagged, excluded.appealed, excluded.mail_refused, excluded.assigned_to,
      excluded.claimed_by, excluded.claimed_until);
END
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER comment_desk AFTER UPDATE OF hidden_at, removed_at
  ON vraagbaak.comment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.enter_desk();
CREATE CONSTRAINT TRIGGER comment_desk_new AFTER INSERT
  ON vraagbaak.comment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.hidden_at IS NOT NULL)
  EXECUTE FUNCTION vraagbaak.enter_desk();
-- A page also shows comments, photos and how many have the same question.
CREATE CONSTRAINT TRIGGER comment_change AFTER INSERT OR UPDATE
  ON vraagbaak.comment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.count_change();
CREATE CONSTRAINT TRIGGER photo_change AFTER UPDATE
  ON vraagbaak.photo DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.question_id IS NOT NULL)
  EXECUTE FUNCTION vraagbaak.count_change();
CREATE CONSTRAINT TRIGGER question_asked_change AFTER UPDATE OF me_too_count, health
  ON vraagbaak.question DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.count_change();
