CREATE SCHEMA "demonstration";
--> statement-breakpoint
CREATE SCHEMA "identity";
--> statement-breakpoint
CREATE SCHEMA "kernel";
--> statement-breakpoint
CREATE SCHEMA "notifications";
--> statement-breakpoint
CREATE SCHEMA "vraagbaak";
--> statement-breakpoint
CREATE SCHEMA "wijk";
--> statement-breakpoint
CREATE TABLE "demonstration"."mailbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"raw" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."expertise" (
	"wijk_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"theme" text NOT NULL,
	"source" text NOT NULL,
	"valid_until" timestamp with time zone,
	CONSTRAINT "expertise_wijk_id_membership_id_theme_pk" PRIMARY KEY("wijk_id","membership_id","theme")
);
--> statement-breakpoint
CREATE TABLE "identity"."membership" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"title" text,
	"about" text DEFAULT '' NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	CONSTRAINT "membership_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "membership_person" UNIQUE("wijk_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "identity"."person" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text,
	"name" text,
	"created_at" timestamp with time zone NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "person_email_unique" UNIQUE("email"),
	CONSTRAINT "person_email_lower" CHECK ("identity"."person"."email" = lower("identity"."person"."email"))
);
--> statement-breakpoint
CREATE TABLE "identity"."role_grant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"wijk_id" uuid,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	"granted_by" uuid,
	CONSTRAINT "role_grant_scope" CHECK (("identity"."role_grant"."wijk_id" is null) = ("identity"."role_grant"."role" = 'platform-admin'))
);
--> statement-breakpoint
CREATE TABLE "identity"."session" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"device" text NOT NULL,
	CONSTRAINT "session_id_is_hash" CHECK ("identity"."session"."id" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "identity"."sign_in_challenge" (
	"id" uuid PRIMARY KEY NOT NULL,
	"wijk_id" uuid NOT NULL,
	"email" text NOT NULL,
	"code_hash" text NOT NULL,
	"draft_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"attempts_elsewhere" integer DEFAULT 0 NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "kernel"."delivery" (
	"wijk_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"subscriber" text NOT NULL,
	"id" uuid NOT NULL,
	"status" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"done_at" timestamp with time zone,
	CONSTRAINT "delivery_wijk_id_event_id_subscriber_pk" PRIMARY KEY("wijk_id","event_id","subscriber")
);
--> statement-breakpoint
CREATE TABLE "kernel"."event" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"payload" jsonb NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "kernel"."idempotency" (
	"wijk_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"request_hash" text NOT NULL,
	"reply" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_wijk_id_scope_pk" PRIMARY KEY("wijk_id","scope")
);
--> statement-breakpoint
CREATE TABLE "notifications"."mail" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"dedupe" text NOT NULL,
	"audience" text NOT NULL,
	"membership_id" uuid,
	"question_id" uuid,
	"address" text,
	"template" text NOT NULL,
	"params" jsonb NOT NULL,
	"status" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"sent_at" timestamp with time zone,
	CONSTRAINT "mail_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "mail_once" UNIQUE("wijk_id","dedupe")
);
--> statement-breakpoint
CREATE TABLE "notifications"."notice" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"audience" text NOT NULL,
	"membership_id" uuid,
	"question_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "notice_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "notice_once" UNIQUE NULLS NOT DISTINCT("wijk_id","event_id","audience","membership_id"),
	CONSTRAINT "notice_audience" CHECK (("notifications"."notice"."audience" = 'member') = ("notifications"."notice"."membership_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."answer" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"author_name" text NOT NULL,
	"author_title" text,
	"capacity" text NOT NULL,
	"body" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"endorsed_at" timestamp with time zone,
	"endorsed_by" uuid,
	"helpful_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	CONSTRAINT "answer_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."assignment" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"assigned_by" uuid NOT NULL,
	"assigned_at" timestamp with time zone NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	"decline_reason" text,
	"decline_note" text,
	"link_expires_at" timestamp with time zone NOT NULL,
	"link_used_at" timestamp with time zone,
	CONSTRAINT "assignment_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."desk_action" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone,
	CONSTRAINT "desk_action_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."follow" (
	"wijk_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"followed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "follow_wijk_id_question_id_membership_id_pk" PRIMARY KEY("wijk_id","question_id","membership_id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."promise" (
	"wijk_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"policy_version" integer NOT NULL,
	"mode" text NOT NULL,
	"term_minutes" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"warn_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"paused_at" timestamp with time zone,
	"pause_ends_at" timestamp with time zone,
	"kept_at" timestamp with time zone,
	"kept_by_answer_id" uuid,
	"overdue_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"frozen_outcome" text,
	"frozen_minutes" integer,
	"week_year" smallint NOT NULL,
	"week" smallint NOT NULL,
	"theme" text NOT NULL,
	CONSTRAINT "promise_wijk_id_question_id_pk" PRIMARY KEY("wijk_id","question_id"),
	CONSTRAINT "promise_kept_once" CHECK (("vraagbaak"."promise"."kept_at" is null) = ("vraagbaak"."promise"."kept_by_answer_id" is null))
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."promise_event" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"detail" jsonb NOT NULL,
	CONSTRAINT "promise_event_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."promise_step" (
	"wijk_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "promise_step_wijk_id_question_id_kind_pk" PRIMARY KEY("wijk_id","question_id","kind")
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."question" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ref" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"theme" text NOT NULL,
	"visibility" text NOT NULL,
	"status" text NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	"answer_count" integer DEFAULT 0 NOT NULL,
	"claimed_by" uuid,
	"claimed_until" timestamp with time zone,
	"to_check" boolean DEFAULT false NOT NULL,
	CONSTRAINT "question_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "question_ref" UNIQUE("wijk_id","ref"),
	CONSTRAINT "question_claim" CHECK (("vraagbaak"."question"."claimed_by" is null) = ("vraagbaak"."question"."claimed_until" is null))
);
--> statement-breakpoint
CREATE TABLE "vraagbaak"."question_draft" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"theme" text NOT NULL,
	"visibility" text NOT NULL,
	"name" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "question_draft_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "wijk"."calendar_exception" (
	"wijk_id" uuid NOT NULL,
	"date" date NOT NULL,
	"label" text NOT NULL,
	"periods" jsonb NOT NULL,
	CONSTRAINT "calendar_exception_wijk_id_date_pk" PRIMARY KEY("wijk_id","date")
);
--> statement-breakpoint
CREATE TABLE "wijk"."calendar_period" (
	"wijk_id" uuid NOT NULL,
	"weekday" smallint NOT NULL,
	"opens" text NOT NULL,
	"closes" text NOT NULL,
	CONSTRAINT "calendar_period_wijk_id_weekday_opens_pk" PRIMARY KEY("wijk_id","weekday","opens"),
	CONSTRAINT "calendar_weekday" CHECK ("wijk"."calendar_period"."weekday" between 1 and 7),
	CONSTRAINT "calendar_order" CHECK ("wijk"."calendar_period"."opens" < "wijk"."calendar_period"."closes")
);
--> statement-breakpoint
CREATE TABLE "wijk"."promise_policy" (
	"wijk_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"mode" text NOT NULL,
	"term_minutes" integer NOT NULL,
	"steps" jsonb NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	CONSTRAINT "promise_policy_wijk_id_version_pk" PRIMARY KEY("wijk_id","version"),
	CONSTRAINT "promise_policy_from" UNIQUE("wijk_id","valid_from"),
	CONSTRAINT "promise_term" CHECK ("wijk"."promise_policy"."term_minutes" between 1 and 43200)
);
--> statement-breakpoint
CREATE TABLE "wijk"."theme" (
	"wijk_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "theme_wijk_id_slug_pk" PRIMARY KEY("wijk_id","slug")
);
--> statement-breakpoint
CREATE TABLE "wijk"."wijk" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"host" text,
	"time_zone" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "wijk_slug_unique" UNIQUE("slug"),
	CONSTRAINT "wijk_host_unique" UNIQUE("host"),
	CONSTRAINT "wijk_slug" CHECK ("wijk"."wijk"."slug" ~ '^[a-z0-9-]{1,40}$')
);
--> statement-breakpoint
ALTER TABLE "identity"."expertise" ADD CONSTRAINT "expertise_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."membership" ADD CONSTRAINT "membership_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."membership" ADD CONSTRAINT "membership_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "identity"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."role_grant" ADD CONSTRAINT "role_grant_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."role_grant" ADD CONSTRAINT "role_grant_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "identity"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."role_grant" ADD CONSTRAINT "role_grant_granted_by_person_id_fk" FOREIGN KEY ("granted_by") REFERENCES "identity"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."session" ADD CONSTRAINT "session_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "identity"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."sign_in_challenge" ADD CONSTRAINT "sign_in_challenge_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."answer" ADD CONSTRAINT "answer_question_fk" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."answer" ADD CONSTRAINT "answer_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."assignment" ADD CONSTRAINT "assignment_question_fk" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."assignment" ADD CONSTRAINT "assignment_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."follow" ADD CONSTRAINT "follow_question" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."promise" ADD CONSTRAINT "promise_question" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."promise_step" ADD CONSTRAINT "promise_step_promise" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."promise"("wijk_id","question_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD CONSTRAINT "question_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD CONSTRAINT "question_theme" FOREIGN KEY ("wijk_id","theme") REFERENCES "wijk"."theme"("wijk_id","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question" ADD CONSTRAINT "question_claimed_by" FOREIGN KEY ("wijk_id","claimed_by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vraagbaak"."question_draft" ADD CONSTRAINT "question_draft_theme" FOREIGN KEY ("wijk_id","theme") REFERENCES "wijk"."theme"("wijk_id","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wijk"."calendar_exception" ADD CONSTRAINT "calendar_exception_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wijk"."calendar_period" ADD CONSTRAINT "calendar_period_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wijk"."promise_policy" ADD CONSTRAINT "promise_policy_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wijk"."theme" ADD CONSTRAINT "theme_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mailbox_newest" ON "demonstration"."mailbox" USING btree ("received_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "mailbox_to" ON "demonstration"."mailbox" USING btree ("recipient","received_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "expertise_theme" ON "identity"."expertise" USING btree ("wijk_id","theme");--> statement-breakpoint
CREATE INDEX "membership_by_person" ON "identity"."membership" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "role_grant_person" ON "identity"."role_grant" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "role_grant_role" ON "identity"."role_grant" USING btree ("wijk_id","role");--> statement-breakpoint
CREATE INDEX "session_person" ON "identity"."session" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "session_expiry" ON "identity"."session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "challenge_email" ON "identity"."sign_in_challenge" USING btree ("email","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "challenge_expiry" ON "identity"."sign_in_challenge" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "kernel"."delivery" USING btree ("due_at") WHERE "kernel"."delivery"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "delivery_dead" ON "kernel"."delivery" USING btree ("wijk_id","due_at") WHERE "kernel"."delivery"."status" = 'dead';--> statement-breakpoint
CREATE INDEX "idempotency_age" ON "kernel"."idempotency" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "mail_due" ON "notifications"."mail" USING btree ("due_at") WHERE "notifications"."mail"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "mail_dead" ON "notifications"."mail" USING btree ("wijk_id","due_at") WHERE "notifications"."mail"."status" = 'dead';--> statement-breakpoint
CREATE INDEX "notice_member" ON "notifications"."notice" USING btree ("wijk_id","membership_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "notice_asker" ON "notifications"."notice" USING btree ("wijk_id","question_id") WHERE "notifications"."notice"."audience" = 'asker';--> statement-breakpoint
CREATE INDEX "answer_question" ON "vraagbaak"."answer" USING btree ("wijk_id","question_id","published_at");--> statement-breakpoint
CREATE UNIQUE INDEX "assignment_one_current" ON "vraagbaak"."assignment" USING btree ("wijk_id","question_id") WHERE "vraagbaak"."assignment"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "assignment_question" ON "vraagbaak"."assignment" USING btree ("wijk_id","question_id","assigned_at");--> statement-breakpoint
CREATE INDEX "assignment_open_of" ON "vraagbaak"."assignment" USING btree ("wijk_id","membership_id") WHERE "vraagbaak"."assignment"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "desk_action_question" ON "vraagbaak"."desk_action" USING btree ("wijk_id","question_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "follow_member" ON "vraagbaak"."follow" USING btree ("wijk_id","membership_id");--> statement-breakpoint
CREATE INDEX "promise_running" ON "vraagbaak"."promise" USING btree ("wijk_id","due_at","question_id") WHERE "vraagbaak"."promise"."kept_at" is null and "vraagbaak"."promise"."cancelled_at" is null;--> statement-breakpoint
CREATE INDEX "promise_kept" ON "vraagbaak"."promise" USING btree ("wijk_id","kept_at" DESC NULLS LAST,"question_id") WHERE "vraagbaak"."promise"."kept_at" is not null;--> statement-breakpoint
CREATE INDEX "promise_score" ON "vraagbaak"."promise" USING btree ("wijk_id","week_year","week");--> statement-breakpoint
CREATE INDEX "promise_event_question" ON "vraagbaak"."promise_event" USING btree ("wijk_id","question_id","at");--> statement-breakpoint
CREATE INDEX "promise_step_due" ON "vraagbaak"."promise_step" USING btree ("due_at") WHERE "vraagbaak"."promise_step"."done_at" is null;--> statement-breakpoint
CREATE INDEX "question_newest" ON "vraagbaak"."question" USING btree ("wijk_id","submitted_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "vraagbaak"."question"."visibility" <> 'private' and "vraagbaak"."question"."status" in ('open', 'answered');--> statement-breakpoint
CREATE INDEX "question_theme_newest" ON "vraagbaak"."question" USING btree ("wijk_id","theme","submitted_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "vraagbaak"."question"."visibility" <> 'private' and "vraagbaak"."question"."status" in ('open', 'answered');--> statement-breakpoint
CREATE INDEX "question_status_newest" ON "vraagbaak"."question" USING btree ("wijk_id","status","submitted_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "vraagbaak"."question"."visibility" <> 'private';--> statement-breakpoint
CREATE INDEX "question_draft_expiry" ON "vraagbaak"."question_draft" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "promise_policy_current" ON "wijk"."promise_policy" USING btree ("wijk_id","valid_from" DESC NULLS LAST);