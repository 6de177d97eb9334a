CREATE SCHEMA "market";
--> statement-breakpoint
CREATE TABLE "market"."app" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"fields" jsonb NOT NULL,
	"draft" integer DEFAULT 0 NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" uuid NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"round" integer DEFAULT 0 NOT NULL,
	"is_open" boolean DEFAULT false NOT NULL,
	"waits_since" timestamp with time zone,
	"standing" integer,
	"valid_until" timestamp with time zone,
	"tell_at" timestamp with time zone,
	CONSTRAINT "app_wijk_id_listing_id_pk" PRIMARY KEY("wijk_id","listing_id"),
	CONSTRAINT "app_standing" CHECK (("market"."app"."standing" is null) = ("market"."app"."valid_until" is null)),
	CONSTRAINT "app_open" CHECK ("market"."app"."is_open" = ("market"."app"."waits_since" is not null))
);
--> statement-breakpoint
CREATE TABLE "market"."app_review" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"membership_id" uuid NOT NULL,
	"scores" jsonb NOT NULL,
	"advice" text NOT NULL,
	"summary" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "app_review_wijk_id_listing_id_round_membership_id_pk" PRIMARY KEY("wijk_id","listing_id","round","membership_id")
);
--> statement-breakpoint
CREATE TABLE "market"."app_version" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"record" jsonb NOT NULL,
	"submitted_by" uuid NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "app_version_wijk_id_listing_id_version_pk" PRIMARY KEY("wijk_id","listing_id","version")
);
--> statement-breakpoint
CREATE TABLE "market"."criteria" (
	"wijk_id" uuid NOT NULL,
	"version" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"adopted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "criteria_wijk_id_version_pk" PRIMARY KEY("wijk_id","version")
);
--> statement-breakpoint
CREATE TABLE "market"."curation_decision" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"decision" text NOT NULL,
	"reasons" text NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "curation_decision_wijk_id_listing_id_round_pk" PRIMARY KEY("wijk_id","listing_id","round")
);
--> statement-breakpoint
CREATE TABLE "market"."curation_round" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"version" integer NOT NULL,
	"criteria_version" text NOT NULL,
	"cause" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "curation_round_wijk_id_listing_id_round_pk" PRIMARY KEY("wijk_id","listing_id","round")
);
--> statement-breakpoint
CREATE TABLE "market"."interest" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"membership_id" uuid NOT NULL,
	"conflict" boolean NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "interest_wijk_id_listing_id_round_membership_id_pk" PRIMARY KEY("wijk_id","listing_id","round","membership_id")
);
--> statement-breakpoint
CREATE TABLE "market"."handover" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"by" uuid,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "handover_wijk_id_listing_id_pk" PRIMARY KEY("wijk_id","listing_id")
);
--> statement-breakpoint
CREATE TABLE "market"."welfare" (
	"wijk_id" uuid NOT NULL,
	"nr" integer NOT NULL,
	"organisation_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"by" uuid NOT NULL,
	CONSTRAINT "welfare_wijk_id_nr_pk" PRIMARY KEY("wijk_id","nr")
);
--> statement-breakpoint
CREATE TABLE "market"."conversation" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ref" text NOT NULL,
	"listing_id" uuid NOT NULL,
	"asker_id" uuid NOT NULL,
	"asker_organisation" uuid,
	"author_id" uuid NOT NULL,
	"author_organisation" uuid,
	"last" integer DEFAULT 0 NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "conversation_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "conversation_ref" UNIQUE("wijk_id","ref"),
	CONSTRAINT "conversation_once" UNIQUE NULLS NOT DISTINCT("wijk_id","listing_id","asker_id","asker_organisation"),
	CONSTRAINT "conversation_two" CHECK ("market"."conversation"."asker_id" <> "market"."conversation"."author_id")
);
--> statement-breakpoint
CREATE TABLE "market"."conversation_look" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"report_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "conversation_look_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "market"."message" (
	"wijk_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"nr" integer NOT NULL,
	"press_id" uuid NOT NULL,
	"side" text NOT NULL,
	"by" uuid NOT NULL,
	"body" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_wijk_id_conversation_id_nr_pk" PRIMARY KEY("wijk_id","conversation_id","nr"),
	CONSTRAINT "message_press" UNIQUE("wijk_id","press_id")
);
--> statement-breakpoint
CREATE TABLE "market"."message_read" (
	"wijk_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"nr" integer NOT NULL,
	CONSTRAINT "message_read_wijk_id_conversation_id_membership_id_pk" PRIMARY KEY("wijk_id","conversation_id","membership_id")
);
--> statement-breakpoint
CREATE TABLE "market"."message_report" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"by" uuid NOT NULL,
	"side" text NOT NULL,
	"reason" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_by" uuid,
	"outcome" text DEFAULT '' NOT NULL,
	CONSTRAINT "message_report_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "message_report_closed" CHECK (("market"."message_report"."closed_at" is null) = ("market"."message_report"."closed_by" is null))
);
--> statement-breakpoint
CREATE TABLE "market"."order" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ref" text NOT NULL,
	"listing_id" uuid NOT NULL,
	"receiver_id" uuid NOT NULL,
	"receiver_organisation" uuid,
	"helper_id" uuid NOT NULL,
	"helper_organisation" uuid,
	"opened_by" text NOT NULL,
	"state" text NOT NULL,
	"awaiting" text,
	"mode" text NOT NULL,
	"rate" integer NOT NULL,
	"minutes" integer,
	"places" smallint DEFAULT 1 NOT NULL,
	"materials" integer,
	"starts_at" timestamp with time zone,
	"worked_minutes" integer,
	"reserved" integer DEFAULT 0 NOT NULL,
	"reservation_id" uuid,
	"paid" integer DEFAULT 0 NOT NULL,
	"payment_id" uuid,
	"given_back" integer DEFAULT 0 NOT NULL,
	"question_id" uuid,
	"version" integer DEFAULT 0 NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	CONSTRAINT "order_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "order_ref" UNIQUE("wijk_id","ref"),
	CONSTRAINT "order_two" CHECK ("market"."order"."receiver_id" <> "market"."order"."helper_id"),
	CONSTRAINT "order_awaits" CHECK (("market"."order"."state" in ('requested', 'countered', 'delivered')) = ("market"."order"."awaiting" is not null)),
	CONSTRAINT "order_reserved" CHECK (("market"."order"."reserved" > 0) = ("market"."order"."reservation_id" is not null)),
	CONSTRAINT "order_paid" CHECK (("market"."order"."paid" > 0) = ("market"."order"."payment_id" is not null)),
	CONSTRAINT "order_given_back" CHECK ("market"."order"."given_back" between 0 and "market"."order"."paid"),
	CONSTRAINT "order_amounts" CHECK ("market"."order"."rate" >= 0 and "market"."order"."reserved" >= 0 and "market"."order"."places" > 0)
);
--> statement-breakpoint
CREATE TABLE "market"."order_event" (
	"wijk_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"nr" integer NOT NULL,
	"press_id" uuid NOT NULL,
	"step" text NOT NULL,
	"actor" text NOT NULL,
	"side" text,
	"by" uuid,
	"state" text NOT NULL,
	"mode" text NOT NULL,
	"rate" integer NOT NULL,
	"minutes" integer,
	"places" smallint NOT NULL,
	"materials" integer,
	"starts_at" timestamp with time zone,
	"amount" integer DEFAULT 0 NOT NULL,
	"with_extra" boolean DEFAULT false NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "order_event_wijk_id_order_id_nr_pk" PRIMARY KEY("wijk_id","order_id","nr"),
	CONSTRAINT "order_event_press" UNIQUE("wijk_id","press_id"),
	CONSTRAINT "order_event_by" CHECK (("market"."order_event"."actor" = 'clock') = ("market"."order_event"."by" is null))
);
--> statement-breakpoint
CREATE TABLE "market"."review" (
	"wijk_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"side" text NOT NULL,
	"id" uuid NOT NULL,
	"by" uuid NOT NULL,
	"about_id" uuid NOT NULL,
	"about_organisation" uuid,
	"stars" smallint NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"both_at" timestamp with time zone,
	"reply" text,
	"replied_by" uuid,
	"replied_at" timestamp with time zone,
	"flag_reason" text,
	"flag_note" text DEFAULT '' NOT NULL,
	"flagged_by" uuid,
	"flagged_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	CONSTRAINT "review_wijk_id_order_id_side_pk" PRIMARY KEY("wijk_id","order_id","side"),
	CONSTRAINT "review_id" UNIQUE("wijk_id","id"),
	CONSTRAINT "review_stars" CHECK ("market"."review"."stars" between 1 and 5),
	CONSTRAINT "review_reply" CHECK (("market"."review"."reply" is null) = ("market"."review"."replied_at" is null) and ("market"."review"."reply" is null) = ("market"."review"."replied_by" is null)),
	CONSTRAINT "review_flag" CHECK (("market"."review"."flagged_at" is null) = ("market"."review"."flag_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "market"."review_decision" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"review_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"reason" text,
	"note" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "review_decision_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "review_decision_once" UNIQUE("wijk_id","review_id"),
	CONSTRAINT "review_decision_reason" CHECK (("market"."review_decision"."decision" = 'keep') = ("market"."review_decision"."reason" is null))
);
--> statement-breakpoint
CREATE TABLE "market"."area" (
	"wijk_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"position" smallint NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	CONSTRAINT "area_wijk_id_slug_pk" PRIMARY KEY("wijk_id","slug")
);
--> statement-breakpoint
CREATE TABLE "market"."listing" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ref" text NOT NULL,
	"slug" text DEFAULT '' NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"membership_id" uuid NOT NULL,
	"organisation_id" uuid,
	"title" text DEFAULT '' NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"theme" text,
	"area" text,
	"audience" text DEFAULT '' NOT NULL,
	"languages" jsonb NOT NULL,
	"accessibility" text DEFAULT '' NOT NULL,
	"shell" smallint NOT NULL,
	"mode" text NOT NULL,
	"rate" integer DEFAULT 0 NOT NULL,
	"places" smallint,
	"periods" jsonb NOT NULL,
	"availability" text DEFAULT '' NOT NULL,
	"foreign_account" boolean DEFAULT false NOT NULL,
	"typed" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"question_id" uuid,
	"version" integer DEFAULT 0 NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"edited_at" timestamp with time zone,
	"published_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"remind_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"submitted_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ending" text,
	CONSTRAINT "listing_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "listing_ref" UNIQUE("wijk_id","ref"),
	CONSTRAINT "listing_published" CHECK ("market"."listing"."state" not in ('published', 'paused') or ("market"."listing"."published_at" is not null and "market"."listing"."expires_at" is not null
        and "market"."listing"."theme" is not null and "market"."listing"."area" is not null and "market"."listing"."title" <> '')),
	CONSTRAINT "listing_ended" CHECK (("market"."listing"."state" = 'ended') = ("market"."listing"."ended_at" is not null)),
	CONSTRAINT "listing_shell" CHECK ("market"."listing"."shell" between 1 and 3),
	CONSTRAINT "listing_rate" CHECK ("market"."listing"."rate" >= 0),
	CONSTRAINT "listing_places" CHECK ("market"."listing"."places" > 0)
);
--> statement-breakpoint
CREATE TABLE "market"."listing_decision" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"reason" text,
	"note" text DEFAULT '' NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "listing_decision_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "listing_decision_reason" CHECK (("market"."listing_decision"."decision" = 'publish') = ("market"."listing_decision"."reason" is null))
);
--> statement-breakpoint
CREATE TABLE "market"."listing_revision" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"was" jsonb NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "listing_revision_wijk_id_listing_id_version_pk" PRIMARY KEY("wijk_id","listing_id","version")
);
--> statement-breakpoint
CREATE TABLE "market"."policy" (
	"wijk_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"review_first" boolean NOT NULL,
	"listing_days" smallint NOT NULL,
	"remind_days" smallint NOT NULL,
	"answer_days" smallint NOT NULL,
	"deliver_days" smallint NOT NULL,
	"confirm_days" smallint NOT NULL,
	"dispute_days" smallint NOT NULL,
	"free_cancel_hours" smallint NOT NULL,
	"late_cancel_permille" smallint NOT NULL,
	"unmatched_days" smallint NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_by" uuid,
	CONSTRAINT "policy_wijk_id_version_pk" PRIMARY KEY("wijk_id","version")
);
--> statement-breakpoint
CREATE TABLE "market"."theme" (
	"wijk_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"position" smallint NOT NULL,
	"health" boolean DEFAULT false NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "theme_wijk_id_slug_pk" PRIMARY KEY("wijk_id","slug")
);
--> statement-breakpoint
CREATE TABLE "wallet"."reservation" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"payer" uuid NOT NULL,
	"payee" uuid NOT NULL,
	"fund" uuid,
	"amount" bigint NOT NULL,
	"lots" jsonb NOT NULL,
	"contribution_permille" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"payment_id" uuid,
	CONSTRAINT "reservation_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "reservation_amount" CHECK ("wallet"."reservation"."amount" > 0),
	CONSTRAINT "reservation_paid" CHECK ("wallet"."reservation"."payment_id" is null or "wallet"."reservation"."ended_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "search"."listing_document" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"keys" integer[] NOT NULL,
	"facets" text NOT NULL,
	"rate" integer NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "listing_document_wijk_id_listing_id_pk" PRIMARY KEY("wijk_id","listing_id")
);
--> statement-breakpoint
CREATE TABLE "search"."listing_stale" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	CONSTRAINT "listing_stale_wijk_id_listing_id_pk" PRIMARY KEY("wijk_id","listing_id")
);
--> statement-breakpoint
CREATE TABLE "search"."listing_state" (
	"wijk_id" uuid PRIMARY KEY NOT NULL,
	"analysis_version" integer NOT NULL,
	"documents" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search"."listing_tally" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"words" text[] NOT NULL,
	"counted" integer[] NOT NULL,
	"changed" boolean NOT NULL,
	CONSTRAINT "listing_tally_wijk_id_listing_id_pk" PRIMARY KEY("wijk_id","listing_id")
);
--> statement-breakpoint
CREATE TABLE "search"."listing_term" (
	"wijk_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"surface" text NOT NULL,
	"df" integer NOT NULL,
	"df_high" integer NOT NULL,
	CONSTRAINT "listing_term_wijk_id_number_pk" PRIMARY KEY("wijk_id","number")
);
--> statement-breakpoint
ALTER TABLE "market"."app" ADD CONSTRAINT "app_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."app_review" ADD CONSTRAINT "app_review_interest" FOREIGN KEY ("wijk_id","listing_id","round","membership_id") REFERENCES "market"."interest"("wijk_id","listing_id","round","membership_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."app_version" ADD CONSTRAINT "app_version_app" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."app"("wijk_id","listing_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."criteria" ADD CONSTRAINT "criteria_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."curation_decision" ADD CONSTRAINT "curation_decision_reviewer" FOREIGN KEY ("wijk_id","listing_id","round","by") REFERENCES "market"."app_review"("wijk_id","listing_id","round","membership_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."curation_round" ADD CONSTRAINT "curation_round_version" FOREIGN KEY ("wijk_id","listing_id","version") REFERENCES "market"."app_version"("wijk_id","listing_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."curation_round" ADD CONSTRAINT "curation_round_criteria" FOREIGN KEY ("wijk_id","criteria_version") REFERENCES "market"."criteria"("wijk_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."interest" ADD CONSTRAINT "interest_round" FOREIGN KEY ("wijk_id","listing_id","round") REFERENCES "market"."curation_round"("wijk_id","listing_id","round") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."interest" ADD CONSTRAINT "interest_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."handover" ADD CONSTRAINT "handover_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."welfare" ADD CONSTRAINT "welfare_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."conversation" ADD CONSTRAINT "conversation_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."conversation" ADD CONSTRAINT "conversation_asker" FOREIGN KEY ("wijk_id","asker_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."conversation_look" ADD CONSTRAINT "conversation_look_report" FOREIGN KEY ("wijk_id","report_id") REFERENCES "market"."message_report"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."message" ADD CONSTRAINT "message_conversation" FOREIGN KEY ("wijk_id","conversation_id") REFERENCES "market"."conversation"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."message_read" ADD CONSTRAINT "message_read_conversation" FOREIGN KEY ("wijk_id","conversation_id") REFERENCES "market"."conversation"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."message_report" ADD CONSTRAINT "message_report_conversation" FOREIGN KEY ("wijk_id","conversation_id") REFERENCES "market"."conversation"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_receiver" FOREIGN KEY ("wijk_id","receiver_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_helper" FOREIGN KEY ("wijk_id","helper_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."order_event" ADD CONSTRAINT "order_event_order" FOREIGN KEY ("wijk_id","order_id") REFERENCES "market"."order"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."review" ADD CONSTRAINT "review_order" FOREIGN KEY ("wijk_id","order_id") REFERENCES "market"."order"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."review_decision" ADD CONSTRAINT "review_decision_review" FOREIGN KEY ("wijk_id","review_id") REFERENCES "market"."review"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."area" ADD CONSTRAINT "area_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."listing" ADD CONSTRAINT "listing_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."listing" ADD CONSTRAINT "listing_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."listing" ADD CONSTRAINT "listing_theme" FOREIGN KEY ("wijk_id","theme") REFERENCES "market"."theme"("wijk_id","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."listing" ADD CONSTRAINT "listing_area" FOREIGN KEY ("wijk_id","area") REFERENCES "market"."area"("wijk_id","slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."listing_decision" ADD CONSTRAINT "listing_decision_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."listing_revision" ADD CONSTRAINT "listing_revision_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."policy" ADD CONSTRAINT "policy_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."theme" ADD CONSTRAINT "theme_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "app_waiting" ON "market"."app" USING btree ("wijk_id","waits_since","listing_id") WHERE "market"."app"."is_open";--> statement-breakpoint
CREATE INDEX "app_tells" ON "market"."app" USING btree ("tell_at") WHERE "market"."app"."tell_at" is not null;--> statement-breakpoint
CREATE INDEX "app_ends" ON "market"."app" USING btree ("valid_until") WHERE "market"."app"."standing" is not null;--> statement-breakpoint
CREATE INDEX "handover_organisation" ON "market"."handover" USING btree ("wijk_id","organisation_id","at" desc);--> statement-breakpoint
CREATE INDEX "conversation_asked" ON "market"."conversation" USING btree ("wijk_id","asker_id","last_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "conversation_author" ON "market"."conversation" USING btree ("wijk_id","author_id","last_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "conversation_look_of" ON "market"."conversation_look" USING btree ("wijk_id","conversation_id","at");--> statement-breakpoint
CREATE INDEX "message_report_open" ON "market"."message_report" USING btree ("wijk_id","at") WHERE "market"."message_report"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "message_report_of" ON "market"."message_report" USING btree ("wijk_id","conversation_id","at");--> statement-breakpoint
CREATE INDEX "order_receiver_newest" ON "market"."order" USING btree ("wijk_id","receiver_id","made_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "order_helper_newest" ON "market"."order" USING btree ("wijk_id","helper_id","made_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "order_receiver_organisation" ON "market"."order" USING btree ("wijk_id","receiver_organisation","made_at" DESC NULLS LAST) WHERE "market"."order"."receiver_organisation" is not null;--> statement-breakpoint
CREATE INDEX "order_helper_organisation" ON "market"."order" USING btree ("wijk_id","helper_organisation","made_at" DESC NULLS LAST) WHERE "market"."order"."helper_organisation" is not null;--> statement-breakpoint
CREATE INDEX "order_of_listing" ON "market"."order" USING btree ("wijk_id","listing_id","made_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "order_due" ON "market"."order" USING btree ("due_at") WHERE "market"."order"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "order_disputed" ON "market"."order" USING btree ("wijk_id","made_at") WHERE "market"."order"."state" = 'disputed';--> statement-breakpoint
CREATE INDEX "review_about" ON "market"."review" USING btree ("wijk_id","about_id","at" DESC NULLS LAST) WHERE "market"."review"."side" = 'receiver';--> statement-breakpoint
CREATE INDEX "review_about_organisation" ON "market"."review" USING btree ("wijk_id","about_organisation","at" DESC NULLS LAST) WHERE "market"."review"."about_organisation" is not null and "market"."review"."side" = 'receiver';--> statement-breakpoint
CREATE INDEX "review_flagged" ON "market"."review" USING btree ("wijk_id","flagged_at") WHERE "market"."review"."flagged_at" is not null;--> statement-breakpoint
CREATE INDEX "listing_newest" ON "market"."listing" USING btree ("wijk_id","published_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "market"."listing"."state" = 'published';--> statement-breakpoint
CREATE INDEX "listing_own" ON "market"."listing" USING btree ("wijk_id","membership_id","made_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "listing_waiting" ON "market"."listing" USING btree ("wijk_id","submitted_at","id") WHERE "market"."listing"."state" = 'review';--> statement-breakpoint
CREATE INDEX "listing_organisation" ON "market"."listing" USING btree ("wijk_id","organisation_id","made_at" DESC NULLS LAST) WHERE "market"."listing"."organisation_id" is not null;--> statement-breakpoint
CREATE INDEX "listing_reminds" ON "market"."listing" USING btree ("remind_at") WHERE "market"."listing"."remind_at" is not null;--> statement-breakpoint
CREATE INDEX "listing_expires" ON "market"."listing" USING btree ("expires_at") WHERE "market"."listing"."state" in ('published', 'paused');--> statement-breakpoint
CREATE INDEX "listing_decision_listing" ON "market"."listing_decision" USING btree ("wijk_id","listing_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "reservation_open" ON "wallet"."reservation" USING btree ("wijk_id","payer","at") WHERE "wallet"."reservation"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "listing_document_keys" ON "search"."listing_document" USING gin ("keys") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "listing_document_newest" ON "search"."listing_document" USING btree ("wijk_id","published_at" DESC NULLS LAST,"listing_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "listing_tally_changed" ON "search"."listing_tally" USING btree ("wijk_id") WHERE "search"."listing_tally"."changed";--> statement-breakpoint
CREATE INDEX "listing_term_trigrams" ON "search"."listing_term" USING gin ("wijk_id","surface" search.gin_trgm_ops);