CREATE TABLE "market"."agenda" (
	"wijk_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"is_on" boolean NOT NULL,
	"slot_minutes" smallint NOT NULL,
	"notice_hours" smallint NOT NULL,
	"horizon_days" smallint NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "agenda_wijk_id_listing_id_pk" PRIMARY KEY("wijk_id","listing_id"),
	CONSTRAINT "agenda_bounds" CHECK ("market"."agenda"."slot_minutes" between 15 and 480 and "market"."agenda"."slot_minutes" % 15 = 0 and "market"."agenda"."notice_hours" between 0 and 336
        and "market"."agenda"."horizon_days" between 1 and 180)
);
--> statement-breakpoint
CREATE TABLE "market"."agenda_exception" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"membership_id" uuid,
	"organisation_id" uuid,
	"kind" text NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"from_time" text NOT NULL,
	"until_time" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "agenda_exception_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "agenda_exception_whose" CHECK (num_nonnulls("market"."agenda_exception"."membership_id", "market"."agenda_exception"."organisation_id") = 1),
	CONSTRAINT "agenda_exception_times" CHECK ("market"."agenda_exception"."last_day" >= "market"."agenda_exception"."first_day" and "market"."agenda_exception"."from_time" < "market"."agenda_exception"."until_time" and "market"."agenda_exception"."from_time" ~ '^[0-2][0-9]:[0-5][0-9]$'
        and "market"."agenda_exception"."until_time" ~ '^[0-2][0-9]:[0-5][0-9]$')
);
--> statement-breakpoint
CREATE TABLE "market"."appointment" (
	"wijk_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"session" text NOT NULL,
	"places" smallint NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"held" boolean NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"remind_at" timestamp with time zone,
	CONSTRAINT "appointment_wijk_id_order_id_pk" PRIMARY KEY("wijk_id","order_id"),
	CONSTRAINT "appointment_lasts" CHECK ("market"."appointment"."ends_at" > "market"."appointment"."starts_at"),
	CONSTRAINT "appointment_reminded" CHECK ("market"."appointment"."held" or "market"."appointment"."remind_at" is null)
);
--> statement-breakpoint
CREATE TABLE "market"."calendar_feed" (
	"wijk_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"titles" boolean NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "calendar_feed_wijk_id_membership_id_pk" PRIMARY KEY("wijk_id","membership_id"),
	CONSTRAINT "calendar_feed_token" UNIQUE("wijk_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "market"."complaint" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ref" text NOT NULL,
	"order_id" uuid,
	"side" text NOT NULL,
	"complainant_id" uuid NOT NULL,
	"complainant_organisation" uuid,
	"about_id" uuid NOT NULL,
	"about_organisation" uuid,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"wish" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"verdict" text,
	"outcome" text,
	"version" integer DEFAULT 1 NOT NULL,
	"lodged_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"clock_at" timestamp with time zone,
	"extended" boolean DEFAULT false NOT NULL,
	"overdue" boolean DEFAULT false NOT NULL,
	"provider_late" boolean DEFAULT false NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "complaint_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "complaint_ref" UNIQUE("wijk_id","ref"),
	CONSTRAINT "complaint_two" CHECK ("market"."complaint"."complainant_id" <> "market"."complaint"."about_id"),
	CONSTRAINT "complaint_closed" CHECK (("market"."complaint"."state" = 'closed') = ("market"."complaint"."closed_at" is not null) and ("market"."complaint"."state" = 'closed') = ("market"."complaint"."outcome" is not null)
        and ("market"."complaint"."state" = 'closed') = ("market"."complaint"."due_at" is null)),
	CONSTRAINT "complaint_found" CHECK ("market"."complaint"."outcome" is null or "market"."complaint"."outcome" = 'withdrawn' or "market"."complaint"."outcome" = "market"."complaint"."verdict"),
	CONSTRAINT "complaint_clock_open" CHECK ("market"."complaint"."clock_at" is null or "market"."complaint"."state" <> 'closed')
);
--> statement-breakpoint
CREATE TABLE "market"."complaint_board" (
	"wijk_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"nr" integer NOT NULL,
	"membership_id" uuid,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "complaint_board_wijk_id_organisation_id_nr_pk" PRIMARY KEY("wijk_id","organisation_id","nr")
);
--> statement-breakpoint
CREATE TABLE "market"."complaint_event" (
	"wijk_id" uuid NOT NULL,
	"complaint_id" uuid NOT NULL,
	"nr" integer NOT NULL,
	"press_id" uuid NOT NULL,
	"step" text NOT NULL,
	"actor" text NOT NULL,
	"by" uuid,
	"state" text NOT NULL,
	"verdict" text,
	"note" text DEFAULT '' NOT NULL,
	"due_at" timestamp with time zone,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "complaint_event_wijk_id_complaint_id_nr_pk" PRIMARY KEY("wijk_id","complaint_id","nr"),
	CONSTRAINT "complaint_event_press" UNIQUE("wijk_id","press_id"),
	CONSTRAINT "complaint_event_by" CHECK (("market"."complaint_event"."actor" = 'clock') = ("market"."complaint_event"."by" is null))
);
--> statement-breakpoint
CREATE TABLE "market"."attachment" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"place" smallint NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	CONSTRAINT "attachment_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "attachment_places" CHECK ("market"."attachment"."place" between 0 and 2),
	CONSTRAINT "attachment_ended" CHECK (("market"."attachment"."ended_at" is null) = ("market"."attachment"."ended_by" is null))
);
--> statement-breakpoint
CREATE TABLE "market"."hours" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"receiver_id" uuid NOT NULL,
	"order_id" uuid,
	"organisation_id" uuid,
	"day" date NOT NULL,
	"minutes" integer NOT NULL,
	"paid" boolean DEFAULT false NOT NULL,
	"what" text DEFAULT '' NOT NULL,
	"corrects" uuid,
	"state" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	CONSTRAINT "hours_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "hours_order" UNIQUE("wijk_id","order_id"),
	CONSTRAINT "hours_two" CHECK ("market"."hours"."member_id" <> "market"."hours"."receiver_id"),
	CONSTRAINT "hours_minutes" CHECK ("market"."hours"."minutes" > 0 or ("market"."hours"."corrects" is not null and "market"."hours"."minutes" <> 0)),
	CONSTRAINT "hours_decided" CHECK (("market"."hours"."state" = 'logged') = ("market"."hours"."decided_at" is null)),
	CONSTRAINT "hours_order_confirmed" CHECK ("market"."hours"."order_id" is null or "market"."hours"."state" = 'confirmed')
);
--> statement-breakpoint
CREATE TABLE "market"."pledge" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"organisation_id" uuid,
	"minutes_per_month" integer NOT NULL,
	"from" date NOT NULL,
	"until" date,
	"purpose" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"ended_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "pledge_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "pledge_minutes" CHECK ("market"."pledge"."minutes_per_month" > 0),
	CONSTRAINT "pledge_decided" CHECK (("market"."pledge"."state" = 'proposed') = ("market"."pledge"."decided_at" is null)),
	CONSTRAINT "pledge_ended" CHECK (("market"."pledge"."ended_at" is null) = ("market"."pledge"."ended_by" is null) and ("market"."pledge"."ended_at" is null or ("market"."pledge"."until" is not null and "market"."pledge"."state" = 'agreed')))
);
--> statement-breakpoint
CREATE TABLE "market"."series_event" (
	"wijk_id" uuid NOT NULL,
	"series_id" uuid NOT NULL,
	"nr" integer NOT NULL,
	"press_id" uuid NOT NULL,
	"step" text NOT NULL,
	"actor" text NOT NULL,
	"side" text,
	"by" uuid,
	"number" smallint,
	"order_id" uuid,
	"rate" integer,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "series_event_wijk_id_series_id_nr_pk" PRIMARY KEY("wijk_id","series_id","nr"),
	CONSTRAINT "series_event_press" UNIQUE("wijk_id","press_id"),
	CONSTRAINT "series_event_by" CHECK (("market"."series_event"."actor" = 'clock') = ("market"."series_event"."by" is null)),
	CONSTRAINT "series_event_order_made" CHECK (("market"."series_event"."step" in ('begin', 'make')) = ("market"."series_event"."order_id" is not null)),
	CONSTRAINT "series_event_number" CHECK (("market"."series_event"."step" in ('begin', 'make', 'skip', 'miss', 'wait')) = ("market"."series_event"."number" is not null))
);
--> statement-breakpoint
CREATE TABLE "market"."series" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ref" text NOT NULL,
	"listing_id" uuid NOT NULL,
	"receiver_id" uuid NOT NULL,
	"receiver_organisation" uuid,
	"helper_id" uuid NOT NULL,
	"helper_organisation" uuid,
	"opened_by" text NOT NULL,
	"every" text NOT NULL,
	"first_on" date NOT NULL,
	"at" text NOT NULL,
	"times" smallint,
	"ends_on" date,
	"state" text NOT NULL,
	"ending" text,
	"awaiting" text,
	"proposed_rate" integer,
	"mode" text NOT NULL,
	"rate" integer NOT NULL,
	"minutes" integer,
	"materials" integer,
	"next_number" smallint DEFAULT 0 NOT NULL,
	"waiting_since" timestamp with time zone,
	"agreed_at" timestamp with time zone,
	"stops_at" timestamp with time zone,
	"version" integer DEFAULT 0 NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	CONSTRAINT "series_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "series_ref" UNIQUE("wijk_id","ref"),
	CONSTRAINT "series_two" CHECK ("market"."series"."receiver_id" <> "market"."series"."helper_id"),
	CONSTRAINT "series_end" CHECK (("market"."series"."times" is null) <> ("market"."series"."ends_on" is null)),
	CONSTRAINT "series_price" CHECK (("market"."series"."awaiting" is null) = ("market"."series"."proposed_rate" is null)),
	CONSTRAINT "series_running" CHECK (("market"."series"."state" = 'running') = ("market"."series"."due_at" is not null)),
	CONSTRAINT "series_agreed" CHECK ("market"."series"."state" <> 'running' or "market"."series"."agreed_at" is not null),
	CONSTRAINT "series_ending" CHECK (("market"."series"."state" = 'ended') = ("market"."series"."ending" is not null)),
	CONSTRAINT "series_wall" CHECK ("market"."series"."at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$')
);
--> statement-breakpoint
CREATE TABLE "market"."listing_appeal" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"body" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"outcome" text,
	"reply" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "listing_appeal_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "listing_appeal_once" UNIQUE("wijk_id","decision_id"),
	CONSTRAINT "listing_appeal_decided" CHECK (("market"."listing_appeal"."decided_at" is null) = ("market"."listing_appeal"."outcome" is null) and ("market"."listing_appeal"."decided_at" is null) = ("market"."listing_appeal"."decided_by" is null)
        and ("market"."listing_appeal"."decided_at" is null) = ("market"."listing_appeal"."reply" is null))
);
--> statement-breakpoint
CREATE TABLE "market"."setup_change" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "setup_change_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "market"."terms_signature" (
	"wijk_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"name" text NOT NULL,
	"signed_by" uuid NOT NULL,
	"signed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "terms_signature_wijk_id_provider_version_pk" PRIMARY KEY("wijk_id","provider","version")
);
--> statement-breakpoint
CREATE TABLE "market"."terms_version" (
	"wijk_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"hash" text NOT NULL,
	"published_by" uuid,
	"published_at" timestamp with time zone NOT NULL,
	"sign_by" timestamp with time zone NOT NULL,
	CONSTRAINT "terms_version_wijk_id_version_pk" PRIMARY KEY("wijk_id","version"),
	CONSTRAINT "terms_version_hash" UNIQUE("wijk_id","version","hash"),
	CONSTRAINT "terms_hash" CHECK ("market"."terms_version"."hash" = encode(sha256(convert_to("market"."terms_version"."text", 'UTF8')), 'hex'))
);
--> statement-breakpoint
CREATE TABLE "market"."provider" (
	"wijk_id" uuid NOT NULL,
	"key" text NOT NULL,
	"membership_id" uuid,
	"organisation_id" uuid,
	"round" integer DEFAULT 0 NOT NULL,
	"is_open" boolean DEFAULT false NOT NULL,
	"waits_since" timestamp with time zone,
	"standing" integer,
	"valid_until" timestamp with time zone,
	"tell_at" timestamp with time zone,
	"signed_version" integer,
	"terms_due_at" timestamp with time zone,
	"terms_lapsed" boolean DEFAULT false NOT NULL,
	CONSTRAINT "provider_wijk_id_key_pk" PRIMARY KEY("wijk_id","key"),
	CONSTRAINT "provider_key" CHECK ("market"."provider"."key" = coalesce('o-' || "market"."provider"."organisation_id"::text, 'm-' || "market"."provider"."membership_id"::text)
        and ("market"."provider"."organisation_id" is null) <> ("market"."provider"."membership_id" is null)),
	CONSTRAINT "provider_standing" CHECK (("market"."provider"."standing" is null) = ("market"."provider"."valid_until" is null)),
	CONSTRAINT "provider_open" CHECK ("market"."provider"."is_open" = ("market"."provider"."waits_since" is not null)),
	CONSTRAINT "provider_terms" CHECK ("market"."provider"."terms_due_at" is null or "market"."provider"."signed_version" is not null),
	CONSTRAINT "provider_lapsed" CHECK (not "market"."provider"."terms_lapsed" or "market"."provider"."terms_due_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "market"."provider_criteria" (
	"wijk_id" uuid NOT NULL,
	"version" text NOT NULL,
	"criteria" jsonb NOT NULL,
	"adopted_at" timestamp with time zone NOT NULL,
	"adopted_by" uuid,
	CONSTRAINT "provider_criteria_wijk_id_version_pk" PRIMARY KEY("wijk_id","version")
);
--> statement-breakpoint
CREATE TABLE "market"."vetting_appeal" (
	"wijk_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"round" integer NOT NULL,
	"body" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"outcome" text,
	"reply" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "vetting_appeal_wijk_id_provider_round_pk" PRIMARY KEY("wijk_id","provider","round"),
	CONSTRAINT "vetting_appeal_decided" CHECK (("market"."vetting_appeal"."decided_at" is null) = ("market"."vetting_appeal"."outcome" is null) and ("market"."vetting_appeal"."decided_at" is null) = ("market"."vetting_appeal"."decided_by" is null)
        and ("market"."vetting_appeal"."decided_at" is null) = ("market"."vetting_appeal"."reply" is null))
);
--> statement-breakpoint
CREATE TABLE "market"."vetting_decision" (
	"wijk_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"round" integer NOT NULL,
	"decision" text NOT NULL,
	"reasons" text NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "vetting_decision_wijk_id_provider_round_pk" PRIMARY KEY("wijk_id","provider","round")
);
--> statement-breakpoint
CREATE TABLE "market"."vetting_interest" (
	"wijk_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"round" integer NOT NULL,
	"membership_id" uuid NOT NULL,
	"conflict" boolean NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "vetting_interest_wijk_id_provider_round_membership_id_pk" PRIMARY KEY("wijk_id","provider","round","membership_id")
);
--> statement-breakpoint
CREATE TABLE "market"."vetting_review" (
	"wijk_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"round" integer NOT NULL,
	"membership_id" uuid NOT NULL,
	"scores" jsonb NOT NULL,
	"advice" text NOT NULL,
	"summary" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "vetting_review_wijk_id_provider_round_membership_id_pk" PRIMARY KEY("wijk_id","provider","round","membership_id")
);
--> statement-breakpoint
CREATE TABLE "market"."vetting_round" (
	"wijk_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"round" integer NOT NULL,
	"application" jsonb NOT NULL,
	"criteria_version" text NOT NULL,
	"cause" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "vetting_round_wijk_id_provider_round_pk" PRIMARY KEY("wijk_id","provider","round")
);
--> statement-breakpoint
ALTER TABLE "market"."criteria" ADD COLUMN "adopted_by" uuid;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "extra_payment_id" uuid;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "held_up_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "held_up_side" text;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "reviews_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "series_id" uuid;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "series_number" smallint;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "rules_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "market"."area" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "market"."listing" ADD COLUMN "became_question_id" uuid;--> statement-breakpoint
ALTER TABLE "market"."listing" ADD COLUMN "hold" text;--> statement-breakpoint
ALTER TABLE "market"."policy" ADD COLUMN "vet_professional" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "market"."policy" ADD COLUMN "vet_paid" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "market"."agenda" ADD CONSTRAINT "agenda_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."agenda_exception" ADD CONSTRAINT "agenda_exception_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."agenda_exception" ADD CONSTRAINT "agenda_exception_made_by" FOREIGN KEY ("wijk_id","made_by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."appointment" ADD CONSTRAINT "appointment_order" FOREIGN KEY ("wijk_id","order_id") REFERENCES "market"."order"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."appointment" ADD CONSTRAINT "appointment_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."calendar_feed" ADD CONSTRAINT "calendar_feed_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."complaint" ADD CONSTRAINT "complaint_order" FOREIGN KEY ("wijk_id","order_id") REFERENCES "market"."order"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."complaint" ADD CONSTRAINT "complaint_complainant" FOREIGN KEY ("wijk_id","complainant_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."complaint" ADD CONSTRAINT "complaint_about" FOREIGN KEY ("wijk_id","about_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."complaint_board" ADD CONSTRAINT "complaint_board_member" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."complaint_event" ADD CONSTRAINT "complaint_event_complaint" FOREIGN KEY ("wijk_id","complaint_id") REFERENCES "market"."complaint"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."attachment" ADD CONSTRAINT "attachment_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."attachment" ADD CONSTRAINT "attachment_by" FOREIGN KEY ("wijk_id","by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."hours" ADD CONSTRAINT "hours_member" FOREIGN KEY ("wijk_id","member_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."hours" ADD CONSTRAINT "hours_receiver" FOREIGN KEY ("wijk_id","receiver_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."hours" ADD CONSTRAINT "hours_of_order" FOREIGN KEY ("wijk_id","order_id") REFERENCES "market"."order"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."hours" ADD CONSTRAINT "hours_corrected" FOREIGN KEY ("wijk_id","corrects") REFERENCES "market"."hours"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."pledge" ADD CONSTRAINT "pledge_member" FOREIGN KEY ("wijk_id","member_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series_event" ADD CONSTRAINT "series_event_series" FOREIGN KEY ("wijk_id","series_id") REFERENCES "market"."series"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series_event" ADD CONSTRAINT "series_event_order" FOREIGN KEY ("wijk_id","order_id") REFERENCES "market"."order"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series" ADD CONSTRAINT "series_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series" ADD CONSTRAINT "series_receiver" FOREIGN KEY ("wijk_id","receiver_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series" ADD CONSTRAINT "series_helper" FOREIGN KEY ("wijk_id","helper_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."listing_appeal" ADD CONSTRAINT "listing_appeal_decision" FOREIGN KEY ("wijk_id","decision_id") REFERENCES "market"."listing_decision"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."listing_appeal" ADD CONSTRAINT "listing_appeal_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."listing_appeal" ADD CONSTRAINT "listing_appeal_by" FOREIGN KEY ("wijk_id","by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."listing_appeal" ADD CONSTRAINT "listing_appeal_decided_by" FOREIGN KEY ("wijk_id","decided_by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."setup_change" ADD CONSTRAINT "setup_change_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."setup_change" ADD CONSTRAINT "setup_change_by" FOREIGN KEY ("wijk_id","by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."terms_signature" ADD CONSTRAINT "terms_signature_provider" FOREIGN KEY ("wijk_id","provider") REFERENCES "market"."provider"("wijk_id","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."terms_signature" ADD CONSTRAINT "terms_signature_text" FOREIGN KEY ("wijk_id","version","hash") REFERENCES "market"."terms_version"("wijk_id","version","hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."terms_signature" ADD CONSTRAINT "terms_signature_signer" FOREIGN KEY ("wijk_id","signed_by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."terms_version" ADD CONSTRAINT "terms_version_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."provider" ADD CONSTRAINT "provider_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."provider" ADD CONSTRAINT "provider_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."provider_criteria" ADD CONSTRAINT "provider_criteria_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."vetting_appeal" ADD CONSTRAINT "vetting_appeal_decision" FOREIGN KEY ("wijk_id","provider","round") REFERENCES "market"."vetting_decision"("wijk_id","provider","round") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."vetting_appeal" ADD CONSTRAINT "vetting_appeal_by" FOREIGN KEY ("wijk_id","by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."vetting_appeal" ADD CONSTRAINT "vetting_appeal_decided_by" FOREIGN KEY ("wijk_id","decided_by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."vetting_decision" ADD CONSTRAINT "vetting_decision_reviewer" FOREIGN KEY ("wijk_id","provider","round","by") REFERENCES "market"."vetting_review"("wijk_id","provider","round","membership_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."vetting_interest" ADD CONSTRAINT "vetting_interest_round" FOREIGN KEY ("wijk_id","provider","round") REFERENCES "market"."vetting_round"("wijk_id","provider","round") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."vetting_interest" ADD CONSTRAINT "vetting_interest_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."vetting_review" ADD CONSTRAINT "vetting_review_interest" FOREIGN KEY ("wijk_id","provider","round","membership_id") REFERENCES "market"."vetting_interest"("wijk_id","provider","round","membership_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."vetting_round" ADD CONSTRAINT "vetting_round_provider" FOREIGN KEY ("wijk_id","provider") REFERENCES "market"."provider"("wijk_id","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."vetting_round" ADD CONSTRAINT "vetting_round_criteria" FOREIGN KEY ("wijk_id","criteria_version") REFERENCES "market"."provider_criteria"("wijk_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agenda_exception_member" ON "market"."agenda_exception" USING btree ("wijk_id","membership_id","last_day") WHERE "market"."agenda_exception"."membership_id" is not null;--> statement-breakpoint
CREATE INDEX "agenda_exception_organisation" ON "market"."agenda_exception" USING btree ("wijk_id","organisation_id","last_day") WHERE "market"."agenda_exception"."organisation_id" is not null;--> statement-breakpoint
CREATE INDEX "appointment_calendar" ON "market"."appointment" USING btree ("wijk_id","calendar_id","starts_at") WHERE "market"."appointment"."held";--> statement-breakpoint
CREATE INDEX "appointment_reminds" ON "market"."appointment" USING btree ("remind_at") WHERE "market"."appointment"."remind_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "complaint_open_of_order" ON "market"."complaint" USING btree ("wijk_id","order_id","side") WHERE "market"."complaint"."order_id" is not null and "market"."complaint"."state" <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "complaint_open_about" ON "market"."complaint" USING btree ("wijk_id","complainant_id",coalesce("about_organisation", "about_id")) WHERE "market"."complaint"."order_id" is null and "market"."complaint"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX "complaint_complainant_newest" ON "market"."complaint" USING btree ("wijk_id","complainant_id","lodged_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "complaint_about_newest" ON "market"."complaint" USING btree ("wijk_id","about_id","lodged_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "complaint_about_organisation" ON "market"."complaint" USING btree ("wijk_id","about_organisation","lodged_at" DESC NULLS LAST) WHERE "market"."complaint"."about_organisation" is not null;--> statement-breakpoint
CREATE INDEX "complaint_open" ON "market"."complaint" USING btree ("wijk_id","due_at") WHERE "market"."complaint"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX "complaint_clock" ON "market"."complaint" USING btree ("clock_at") WHERE "market"."complaint"."clock_at" is not null;--> statement-breakpoint
CREATE INDEX "complaint_board_member_of" ON "market"."complaint_board" USING btree ("wijk_id","membership_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attachment_place" ON "market"."attachment" USING btree ("wijk_id","answer_id","place") WHERE "market"."attachment"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "attachment_once" ON "market"."attachment" USING btree ("wijk_id","answer_id","listing_id") WHERE "market"."attachment"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "attachment_question" ON "market"."attachment" USING btree ("wijk_id","question_id") WHERE "market"."attachment"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "attachment_of_listing" ON "market"."attachment" USING btree ("wijk_id","listing_id") WHERE "market"."attachment"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "hours_one_correction" ON "market"."hours" USING btree ("wijk_id","corrects") WHERE "market"."hours"."corrects" is not null and "market"."hours"."state" = 'logged';--> statement-breakpoint
CREATE INDEX "hours_of_member" ON "market"."hours" USING btree ("wijk_id","member_id","day");--> statement-breakpoint
CREATE INDEX "hours_of_organisation" ON "market"."hours" USING btree ("wijk_id","organisation_id","day") WHERE "market"."hours"."organisation_id" is not null;--> statement-breakpoint
CREATE INDEX "hours_to_confirm" ON "market"."hours" USING btree ("wijk_id","receiver_id") WHERE "market"."hours"."state" = 'logged';--> statement-breakpoint
CREATE INDEX "pledge_of_member" ON "market"."pledge" USING btree ("wijk_id","member_id","from");--> statement-breakpoint
CREATE INDEX "pledge_of_organisation" ON "market"."pledge" USING btree ("wijk_id","organisation_id","from");--> statement-breakpoint
CREATE UNIQUE INDEX "series_time_once" ON "market"."series_event" USING btree ("wijk_id","series_id","number") WHERE "market"."series_event"."step" in ('begin', 'make', 'skip', 'miss');--> statement-breakpoint
CREATE INDEX "series_of_receiver" ON "market"."series" USING btree ("wijk_id","receiver_id","made_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "series_of_helper" ON "market"."series" USING btree ("wijk_id","helper_id","made_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "series_receiver_organisation" ON "market"."series" USING btree ("wijk_id","receiver_organisation") WHERE "market"."series"."receiver_organisation" is not null;--> statement-breakpoint
CREATE INDEX "series_helper_organisation" ON "market"."series" USING btree ("wijk_id","helper_organisation") WHERE "market"."series"."helper_organisation" is not null;--> statement-breakpoint
CREATE INDEX "series_due" ON "market"."series" USING btree ("due_at") WHERE "market"."series"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "series_waiting" ON "market"."series" USING btree ("wijk_id","waiting_since") WHERE "market"."series"."waiting_since" is not null;--> statement-breakpoint
CREATE INDEX "listing_appeal_open" ON "market"."listing_appeal" USING btree ("wijk_id","at") WHERE "market"."listing_appeal"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "setup_change_newest" ON "market"."setup_change" USING btree ("wijk_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "provider_waiting" ON "market"."provider" USING btree ("wijk_id","waits_since","key") WHERE "market"."provider"."is_open";--> statement-breakpoint
CREATE INDEX "provider_tells" ON "market"."provider" USING btree ("tell_at") WHERE "market"."provider"."tell_at" is not null;--> statement-breakpoint
CREATE INDEX "provider_ends" ON "market"."provider" USING btree ("valid_until") WHERE "market"."provider"."standing" is not null;--> statement-breakpoint
CREATE INDEX "provider_terms_due" ON "market"."provider" USING btree ("terms_due_at") WHERE not "market"."provider"."terms_lapsed";--> statement-breakpoint
CREATE INDEX "vetting_appeal_open" ON "market"."vetting_appeal" USING btree ("wijk_id","at") WHERE "market"."vetting_appeal"."decided_at" is null;--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_series" FOREIGN KEY ("wijk_id","series_id") REFERENCES "market"."series"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "order_of_series" ON "market"."order" USING btree ("wijk_id","series_id","series_number") WHERE "market"."order"."series_id" is not null;--> statement-breakpoint
CREATE INDEX "order_held_up" ON "market"."order" USING btree ("wijk_id","held_up_since") WHERE "market"."order"."held_up_since" is not null;--> statement-breakpoint
CREATE INDEX "order_reviews_due" ON "market"."order" USING btree ("reviews_due_at") WHERE "market"."order"."reviews_due_at" is not null;--> statement-breakpoint
CREATE INDEX "listing_question" ON "market"."listing" USING btree ("wijk_id","question_id") WHERE "market"."listing"."question_id" is not null;--> statement-breakpoint
CREATE INDEX "listing_became" ON "market"."listing" USING btree ("wijk_id","became_question_id") WHERE "market"."listing"."became_question_id" is not null;--> statement-breakpoint
CREATE INDEX "listing_held" ON "market"."listing" USING btree ("wijk_id","organisation_id","membership_id") WHERE "market"."listing"."hold" is not null;--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_series_time" CHECK (("market"."order"."series_id" is null) = ("market"."order"."series_number" is null));--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_held_up_both" CHECK (("market"."order"."held_up_since" is null) = ("market"."order"."held_up_side" is null));--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_held_up_due" CHECK ("market"."order"."held_up_since" is null or "market"."order"."due_at" is not null);--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_extra" CHECK ("market"."order"."extra_payment_id" is null or "market"."order"."payment_id" is not null);--> statement-breakpoint
ALTER TABLE "market"."listing" ADD CONSTRAINT "listing_hold" CHECK ("market"."listing"."hold" is null or "market"."listing"."state" in ('review', 'paused'));--> statement-breakpoint
ALTER TABLE "market"."listing" ADD CONSTRAINT "listing_questions" CHECK ("market"."listing"."kind" = 'request' or ("market"."listing"."question_id" is null and "market"."listing"."became_question_id" is null));