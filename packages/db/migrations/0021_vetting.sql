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
ALTER TABLE "market"."area" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "market"."listing" ADD COLUMN "hold" text;--> statement-breakpoint
ALTER TABLE "market"."policy" ADD COLUMN "vet_professional" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "market"."policy" ADD COLUMN "vet_paid" boolean DEFAULT false NOT NULL;--> statement-breakpoint
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
CREATE INDEX "listing_appeal_open" ON "market"."listing_appeal" USING btree ("wijk_id","at") WHERE "market"."listing_appeal"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "setup_change_newest" ON "market"."setup_change" USING btree ("wijk_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "provider_waiting" ON "market"."provider" USING btree ("wijk_id","waits_since","key") WHERE "market"."provider"."is_open";--> statement-breakpoint
CREATE INDEX "provider_tells" ON "market"."provider" USING btree ("tell_at") WHERE "market"."provider"."tell_at" is not null;--> statement-breakpoint
CREATE INDEX "provider_ends" ON "market"."provider" USING btree ("valid_until") WHERE "market"."provider"."standing" is not null;--> statement-breakpoint
CREATE INDEX "provider_terms_due" ON "market"."provider" USING btree ("terms_due_at") WHERE not "market"."provider"."terms_lapsed";--> statement-breakpoint
CREATE INDEX "vetting_appeal_open" ON "market"."vetting_appeal" USING btree ("wijk_id","at") WHERE "market"."vetting_appeal"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "listing_held" ON "market"."listing" USING btree ("wijk_id","organisation_id","membership_id") WHERE "market"."listing"."hold" is not null;--> statement-breakpoint
ALTER TABLE "market"."listing" ADD CONSTRAINT "listing_hold" CHECK ("market"."listing"."hold" is null or "market"."listing"."state" in ('review', 'paused'));