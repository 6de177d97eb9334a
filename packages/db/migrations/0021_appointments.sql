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
ALTER TABLE "market"."agenda" ADD CONSTRAINT "agenda_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."agenda_exception" ADD CONSTRAINT "agenda_exception_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."agenda_exception" ADD CONSTRAINT "agenda_exception_made_by" FOREIGN KEY ("wijk_id","made_by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."appointment" ADD CONSTRAINT "appointment_order" FOREIGN KEY ("wijk_id","order_id") REFERENCES "market"."order"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."appointment" ADD CONSTRAINT "appointment_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."calendar_feed" ADD CONSTRAINT "calendar_feed_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agenda_exception_member" ON "market"."agenda_exception" USING btree ("wijk_id","membership_id","last_day") WHERE "market"."agenda_exception"."membership_id" is not null;--> statement-breakpoint
CREATE INDEX "agenda_exception_organisation" ON "market"."agenda_exception" USING btree ("wijk_id","organisation_id","last_day") WHERE "market"."agenda_exception"."organisation_id" is not null;--> statement-breakpoint
CREATE INDEX "appointment_calendar" ON "market"."appointment" USING btree ("wijk_id","calendar_id","starts_at") WHERE "market"."appointment"."held";--> statement-breakpoint
CREATE INDEX "appointment_reminds" ON "market"."appointment" USING btree ("remind_at") WHERE "market"."appointment"."remind_at" is not null;