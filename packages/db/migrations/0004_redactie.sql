CREATE TABLE "identity"."invitation" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text,
	"name" text DEFAULT '' NOT NULL,
	"title" text,
	"roles" jsonb NOT NULL,
	"themes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"invited_by" uuid NOT NULL,
	"invited_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitation_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "invitation_email_lower" CHECK ("identity"."invitation"."email" = lower("identity"."invitation"."email"))
);
--> statement-breakpoint
CREATE TABLE "notifications"."mail_opt_out" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"audience" text NOT NULL,
	"membership_id" uuid,
	"question_id" uuid,
	"category" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "mail_opt_out_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "mail_opt_out_once" UNIQUE NULLS NOT DISTINCT("wijk_id","audience","membership_id","question_id","category"),
	CONSTRAINT "mail_opt_out_audience" CHECK (("notifications"."mail_opt_out"."audience" = 'member') = ("notifications"."mail_opt_out"."membership_id" is not null)),
	CONSTRAINT "mail_opt_out_asker" CHECK ("notifications"."mail_opt_out"."audience" = 'member' or "notifications"."mail_opt_out"."question_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."ask_back" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"body" text NOT NULL,
	"reply" text,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	CONSTRAINT "ask_back_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."desk_entry" (
	"wijk_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"rank" smallint NOT NULL,
	"sort_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"theme" text NOT NULL,
	"running" boolean NOT NULL,
	"waiting" boolean NOT NULL,
	"to_check" boolean NOT NULL,
	"answered" boolean NOT NULL,
	"held" boolean NOT NULL,
	"hidden" boolean NOT NULL,
	"flagged" boolean NOT NULL,
	"appealed" boolean NOT NULL,
	"mail_refused" boolean NOT NULL,
	"assigned_to" uuid,
	"claimed_by" uuid,
	"claimed_until" timestamp with time zone,
	CONSTRAINT "desk_entry_wijk_id_question_id_pk" PRIMARY KEY("wijk_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."duty" (
	"wijk_id" uuid NOT NULL,
	"date" date NOT NULL,
	"membership_id" uuid NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "duty_wijk_id_date_membership_id_pk" PRIMARY KEY("wijk_id","date","membership_id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."question_revision" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"editor_id" uuid,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"theme" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "question_revision_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."saved_answer" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"use" text NOT NULL,
	"theme" text,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "saved_answer_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."appeal" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"body" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"outcome" text,
	"reply" text DEFAULT '' NOT NULL,
	CONSTRAINT "appeal_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "appeal_once" UNIQUE("wijk_id","decision_id"),
	CONSTRAINT "appeal_decided" CHECK (("vraagbaak"."appeal"."decided_at" is null) = ("vraagbaak"."appeal"."outcome" is null))
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."flag" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"answer_id" uuid,
	"membership_id" uuid,
	"reason" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" uuid,
	"outcome" text,
	CONSTRAINT "flag_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "flag_once" UNIQUE NULLS NOT DISTINCT("wijk_id","question_id","answer_id","membership_id"),
	CONSTRAINT "flag_resolved" CHECK (("vraagbaak"."flag"."resolved_at" is null) = ("vraagbaak"."flag"."outcome" is null))
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."moderation_decision" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"answer_id" uuid,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"automated" boolean NOT NULL,
	"decided_by" uuid,
	"at" timestamp with time zone NOT NULL,
	"reversed_at" timestamp with time zone,
	CONSTRAINT "moderation_decision_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "moderation_decision_by" CHECK ("vraagbaak"."moderation_decision"."automated" = ("vraagbaak"."moderation_decision"."decided_by" is null))
);
--> statement-breakpoint
CREATE TABLE "wijk"."calendar_holiday" (
	"wijk_id" uuid NOT NULL,
	"holiday" text NOT NULL,
	"closed" boolean NOT NULL,
	CONSTRAINT "calendar_holiday_wijk_id_holiday_pk" PRIMARY KEY("wijk_id","holiday")
);
--> statement-breakpoint
CREATE TABLE "wijk"."editable_page" (
	"wijk_id" uuid NOT NULL,
	"page" text NOT NULL,
	"version" integer NOT NULL,
	"body" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" uuid NOT NULL,
	CONSTRAINT "editable_page_wijk_id_page_version_pk" PRIMARY KEY("wijk_id","page","version")
);
--> statement-breakpoint
CREATE TABLE "wijk"."moderation_policy" (
	"wijk_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"first_question" text NOT NULL,
	"auto_hide_at" smallint NOT NULL,
	"questions_per_day" smallint NOT NULL,
	"answers_per_hour" smallint NOT NULL,
	"hold_links_from" smallint NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	CONSTRAINT "moderation_policy_wijk_id_version_pk" PRIMARY KEY("wijk_id","version"),
	CONSTRAINT "moderation_auto_hide" CHECK ("wijk"."moderation_policy"."auto_hide_at" between 0 and 50)
);
--> statement-breakpoint
CREATE TABLE "wijk"."phrase_list" (
	"wijk_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"phrases" jsonb NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "phrase_list_wijk_id_kind_pk" PRIMARY KEY("wijk_id","kind")
);
--> statement-breakpoint
DROP INDEX "vraagbaak"."question_newest";--> statement-breakpoint
DROP INDEX "vraagbaak"."question_theme_newest";--> statement-breakpoint
DROP INDEX "vraagbaak"."question_status_newest";--> statement-breakpoint
ALTER TABLE "vraagbaak"."assignment" ALTER COLUMN "assigned_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications"."notice" DROP CONSTRAINT "notice_once";--> statement-breakpoint
ALTER TABLE "notifications"."notice" ALTER COLUMN "question_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications"."notice" ADD CONSTRAINT "notice_once" UNIQUE NULLS NOT DISTINCT("wijk_id","event_id","audience","membership_id","question_id");--> statement-breakpoint
ALTER TABLE "notifications"."notice" ADD CONSTRAINT "notice_asker_question" CHECK ("notifications"."notice"."audience" = 'member' or "notifications"."notice"."question_id" is not null);--> statement-breakpoint
ALTER TABLE "identity"."expertise" ADD COLUMN "position" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "identity"."role_grant" ADD COLUMN "revoked_by" uuid;--> statement-breakpoint
ALTER TABLE "vraagbaak"."answer" ADD COLUMN "hidden_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "vraagbaak"."answer" ADD COLUMN "edited_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "vraagbaak"."assignment" ADD COLUMN "mail_refused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD COLUMN "moderation" text DEFAULT 'shown' NOT NULL;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD COLUMN "duplicate_of" uuid;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD COLUMN "urgent_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD COLUMN "urgent_seen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD COLUMN "edited_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD COLUMN "desk_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "wijk"."theme" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "wijk"."wijk" ADD COLUMN "cbs_codes" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "wijk"."wijk" ADD COLUMN "cbs_year" smallint;--> statement-breakpoint
ALTER TABLE "wijk"."wijk" ADD COLUMN "accent" text DEFAULT 'groen' NOT NULL;--> statement-breakpoint
ALTER TABLE "wijk"."wijk" ADD COLUMN "motto" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "wijk"."wijk" ADD COLUMN "opened_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "identity"."invitation" ADD CONSTRAINT "invitation_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."invitation" ADD CONSTRAINT "invitation_invited_by_person_id_fk" FOREIGN KEY ("invited_by") REFERENCES "identity"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."invitation" ADD CONSTRAINT "invitation_accepted_by_person_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "identity"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."ask_back" ADD CONSTRAINT "ask_back_question_fk" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."ask_back" ADD CONSTRAINT "ask_back_asked_by" FOREIGN KEY ("wijk_id","asked_by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."desk_entry" ADD CONSTRAINT "desk_entry_question" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."duty" ADD CONSTRAINT "duty_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question_revision" ADD CONSTRAINT "question_revision_question_fk" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."appeal" ADD CONSTRAINT "appeal_decision" FOREIGN KEY ("wijk_id","decision_id") REFERENCES "vraagbaak"."moderation_decision"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."flag" ADD CONSTRAINT "flag_question" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."flag" ADD CONSTRAINT "flag_answer" FOREIGN KEY ("wijk_id","answer_id") REFERENCES "vraagbaak"."answer"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."flag" ADD CONSTRAINT "flag_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."moderation_decision" ADD CONSTRAINT "moderation_decision_question_fk" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wijk"."calendar_holiday" ADD CONSTRAINT "calendar_holiday_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wijk"."editable_page" ADD CONSTRAINT "editable_page_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wijk"."moderation_policy" ADD CONSTRAINT "moderation_policy_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wijk"."phrase_list" ADD CONSTRAINT "phrase_list_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_open" ON "identity"."invitation" USING btree ("wijk_id","email") WHERE "identity"."invitation"."accepted_at" is null and "identity"."invitation"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "invitation_by_email" ON "identity"."invitation" USING btree ("email");--> statement-breakpoint
CREATE INDEX "invitation_newest" ON "identity"."invitation" USING btree ("wijk_id","invited_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "ask_back_question" ON "vraagbaak"."ask_back" USING btree ("wijk_id","question_id","asked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "ask_back_current" ON "vraagbaak"."ask_back" USING btree ("wijk_id","question_id") WHERE "vraagbaak"."ask_back"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "desk_entry_queue" ON "vraagbaak"."desk_entry" USING btree ("wijk_id","rank","sort_at","question_id");--> statement-breakpoint
CREATE INDEX "question_revision_question" ON "vraagbaak"."question_revision" USING btree ("wijk_id","question_id","at");--> statement-breakpoint
CREATE INDEX "saved_answer_list" ON "vraagbaak"."saved_answer" USING btree ("wijk_id","title");--> statement-breakpoint
CREATE INDEX "appeal_open" ON "vraagbaak"."appeal" USING btree ("wijk_id","question_id") WHERE "vraagbaak"."appeal"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "flag_open" ON "vraagbaak"."flag" USING btree ("wijk_id","question_id") WHERE "vraagbaak"."flag"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "moderation_decision_question" ON "vraagbaak"."moderation_decision" USING btree ("wijk_id","question_id","at");--> statement-breakpoint
CREATE INDEX "moderation_policy_current" ON "wijk"."moderation_policy" USING btree ("wijk_id","valid_from" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "identity"."role_grant" ADD CONSTRAINT "role_grant_revoked_by_person_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "identity"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD CONSTRAINT "question_duplicate_of" FOREIGN KEY ("wijk_id","duplicate_of") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "question_duplicates" ON "vraagbaak"."question" USING btree ("wijk_id","duplicate_of") WHERE "vraagbaak"."question"."duplicate_of" is not null;--> statement-breakpoint
CREATE INDEX "question_newest" ON "vraagbaak"."question" USING btree ("wijk_id","submitted_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "vraagbaak"."question"."visibility" <> 'private' and "vraagbaak"."question"."moderation" = 'shown' and "vraagbaak"."question"."status" in ('open', 'answered');--> statement-breakpoint
CREATE INDEX "question_theme_newest" ON "vraagbaak"."question" USING btree ("wijk_id","theme","submitted_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "vraagbaak"."question"."visibility" <> 'private' and "vraagbaak"."question"."moderation" = 'shown' and "vraagbaak"."question"."status" in ('open', 'answered');--> statement-breakpoint
CREATE INDEX "question_status_newest" ON "vraagbaak"."question" USING btree ("wijk_id","status","submitted_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "vraagbaak"."question"."visibility" <> 'private' and "vraagbaak"."question"."moderation" = 'shown';--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD CONSTRAINT "question_is_duplicate" CHECK (("vraagbaak"."question"."status" = 'duplicate') = ("vraagbaak"."question"."duplicate_of" is not null));--> statement-breakpoint
-- Wijken that were there before the wizard are open.
UPDATE wijk.wijk SET opened_at = created_at WHERE opened_at IS NULL;
INSERT INTO wijk.moderation_policy (wijk_id, version, first_question, auto_hide_at, questions_per_day,
  answers_per_hour, hold_links_from, valid_from)
SELECT id, 1, 'publish', 3, 10, 20, 3, created_at FROM wijk.wijk;
--> statement-breakpoint
GRANT SELECT ON vraagbaak.desk_entry TO wijk_app;
GRANT SELECT, INSERT, UPDATE ON vraagbaak.ask_back, vraagbaak.flag, vraagbaak.moderation_decision,
  vraagbaak.appeal, identity.invitation TO wijk_app;
GRANT SELECT, INSERT ON vraagbaak.question_revision, wijk.moderation_policy, wijk.editable_page TO wijk_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON vraagbaak.saved_answer, vraagbaak.duty, wijk.calendar_holiday,
  wijk.phrase_list, notifications.mail_opt_out TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER moderation_policy_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wijk.moderation_policy
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER editable_page_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wijk.editable_page
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER question_revision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON vraagbaak.question_revision
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- A decision stays as it was given; only that it was reversed is added.
CREATE FUNCTION vraagbaak.keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - 'reversed_at') IS DISTINCT FROM (to_jsonb(OLD) - 'reversed_at') THEN
    RAISE EXCEPTION 'a decision is not changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER moderation_decision_kept BEFORE UPDATE OR DELETE ON vraagbaak.moderation_decision
  FOR EACH ROW EXECUTE FUNCTION vraagbaak.keep_decision();
--> statement-breakpoint
-- What deferred triggers keep of a question is written by one transaction at a time, so that the last
-- one sees what all others did. One lock for a question and its duplicates, taken at the commit when
-- all rows are locked: nobody waits in a circle. `p_was` is the lock of before, where that changes.
CREATE FUNCTION vraagbaak.hold_kept(p_wijk uuid, p_question uuid, p_was uuid DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_held uuid;
  v_first uuid;
BEGIN
  LOOP
    SELECT coalesce(q.duplicate_of, q.id) INTO v_first FROM vraagbaak.question q
    WHERE q.wijk_id = p_wijk AND q.id = p_question;
    -- it became a duplicate while we waited
    EXIT WHEN v_first IS NULL OR v_first = v_held;
    v_held := v_first;
    IF p_was IS NOT NULL AND p_was < v_first THEN
      PERFORM pg_advisory_xact_lock(hashtextextended('vraagbaak.kept ' || p_was, 0));
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('vraagbaak.kept ' || v_first, 0));
    IF p_was IS NOT NULL AND p_was > v_first THEN
      PERFORM pg_advisory_xact_lock(hashtextextended('vraagbaak.kept ' || p_was, 0));
    END IF;
  END LOOP;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION vraagbaak.hold_kept(uuid, uuid, uuid) FROM PUBLIC;
CREATE OR REPLACE FUNCTION vraagbaak.count_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
  v_question uuid;
  v_was uuid;
BEGIN
  IF TG_TABLE_NAME = 'question' THEN
    v_question := NEW.id;
    IF OLD.duplicate_of IS DISTINCT FROM NEW.duplicate_of THEN
      v_was := coalesce(OLD.duplicate_of, OLD.id);
    END IF;
  ELSE
    v_question := NEW.question_id;
  END IF;
  PERFORM vraagbaak.hold_kept(NEW.wijk_id, v_question, v_was);
  INSERT INTO vraagbaak.question_version AS v (wijk_id, question_id, version)
  VALUES (NEW.wijk_id, v_question, 1)
  ON CONFLICT (wijk_id, question_id) DO UPDATE SET version = v.version + 1;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Sets the row of the desk by how the question stands now; none where nothing is left to do.
CREATE FUNCTION vraagbaak.refresh_desk(p_wijk uuid, p_question uuid) RETURNS void
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
        AND a.hidden_at IS NOT NULL AND a.removed_at IS NULL),
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
CREATE FUNCTION vraagbaak.enter_desk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
  v_question uuid;
  v_original uuid;
BEGIN
  IF TG_TABLE_NAME = 'question' THEN
    v_question := NEW.id;
    IF OLD.duplicate_of IS DISTINCT FROM NEW.duplicate_of THEN
      v_original := OLD.duplicate_of;
      PERFORM vraagbaak.hold_kept(NEW.wijk_id, NEW.id, coalesce(OLD.duplicate_of, OLD.id));
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
REVOKE ALL ON FUNCTION vraagbaak.refresh_desk(uuid, uuid), vraagbaak.enter_desk() FROM PUBLIC;
-- Deferred to the commit, when all rows of the change stand; see `count_change`.
CREATE CONSTRAINT TRIGGER question_desk AFTER UPDATE OF status, moderation, duplicate_of, theme, to_check,
  urgent_at, urgent_seen_at, claimed_by, claimed_until
  ON vraagbaak.question DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.enter_desk();
CREATE CONSTRAINT TRIGGER promise_desk AFTER INSERT OR UPDATE
  ON vraagbaak.promise DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.enter_desk();
CREATE CONSTRAINT TRIGGER assignment_desk AFTER INSERT OR UPDATE
  ON vraagbaak.assignment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.enter_desk();
CREATE CONSTRAINT TRIGGER answer_desk AFTER UPDATE OF hidden_at, removed_at
  ON vraagbaak.answer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.enter_desk();
CREATE CONSTRAINT TRIGGER answer_desk_new AFTER INSERT
  ON vraagbaak.answer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.hidden_at IS NOT NULL)
  EXECUTE FUNCTION vraagbaak.enter_desk();
CREATE CONSTRAINT TRIGGER flag_desk AFTER INSERT OR UPDATE
  ON vraagbaak.flag DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.enter_desk();
CREATE CONSTRAINT TRIGGER appeal_desk AFTER INSERT OR UPDATE
  ON vraagbaak.appeal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.enter_desk();
--> statement-breakpoint
-- A page also shows whether it is in view and which question stands in its place.
CREATE CONSTRAINT TRIGGER question_shown_change AFTER UPDATE OF moderation, duplicate_of, edited_at
  ON vraagbaak.question DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.count_change();
--> statement-breakpoint
SELECT vraagbaak.refresh_desk(p.wijk_id, p.question_id) FROM vraagbaak.promise p
WHERE p.kept_at IS NULL AND p.cancelled_at IS NULL;
