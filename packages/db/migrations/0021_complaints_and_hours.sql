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
ALTER TABLE "market"."complaint" ADD CONSTRAINT "complaint_order" FOREIGN KEY ("wijk_id","order_id") REFERENCES "market"."order"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."complaint" ADD CONSTRAINT "complaint_complainant" FOREIGN KEY ("wijk_id","complainant_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."complaint" ADD CONSTRAINT "complaint_about" FOREIGN KEY ("wijk_id","about_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."complaint_board" ADD CONSTRAINT "complaint_board_member" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."complaint_event" ADD CONSTRAINT "complaint_event_complaint" FOREIGN KEY ("wijk_id","complaint_id") REFERENCES "market"."complaint"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."hours" ADD CONSTRAINT "hours_member" FOREIGN KEY ("wijk_id","member_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."hours" ADD CONSTRAINT "hours_receiver" FOREIGN KEY ("wijk_id","receiver_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."hours" ADD CONSTRAINT "hours_of_order" FOREIGN KEY ("wijk_id","order_id") REFERENCES "market"."order"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."hours" ADD CONSTRAINT "hours_corrected" FOREIGN KEY ("wijk_id","corrects") REFERENCES "market"."hours"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."pledge" ADD CONSTRAINT "pledge_member" FOREIGN KEY ("wijk_id","member_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "complaint_open_of_order" ON "market"."complaint" USING btree ("wijk_id","order_id","side") WHERE "market"."complaint"."order_id" is not null and "market"."complaint"."state" <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "complaint_open_about" ON "market"."complaint" USING btree ("wijk_id","complainant_id",coalesce("about_organisation", "about_id")) WHERE "market"."complaint"."order_id" is null and "market"."complaint"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX "complaint_complainant_newest" ON "market"."complaint" USING btree ("wijk_id","complainant_id","lodged_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "complaint_about_newest" ON "market"."complaint" USING btree ("wijk_id","about_id","lodged_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "complaint_about_organisation" ON "market"."complaint" USING btree ("wijk_id","about_organisation","lodged_at" DESC NULLS LAST) WHERE "market"."complaint"."about_organisation" is not null;--> statement-breakpoint
CREATE INDEX "complaint_open" ON "market"."complaint" USING btree ("wijk_id","due_at") WHERE "market"."complaint"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX "complaint_clock" ON "market"."complaint" USING btree ("clock_at") WHERE "market"."complaint"."clock_at" is not null;--> statement-breakpoint
CREATE INDEX "complaint_board_member_of" ON "market"."complaint_board" USING btree ("wijk_id","membership_id");--> statement-breakpoint
CREATE UNIQUE INDEX "hours_one_correction" ON "market"."hours" USING btree ("wijk_id","corrects") WHERE "market"."hours"."corrects" is not null and "market"."hours"."state" = 'logged';--> statement-breakpoint
CREATE INDEX "hours_of_member" ON "market"."hours" USING btree ("wijk_id","member_id","day");--> statement-breakpoint
CREATE INDEX "hours_of_organisation" ON "market"."hours" USING btree ("wijk_id","organisation_id","day") WHERE "market"."hours"."organisation_id" is not null;--> statement-breakpoint
CREATE INDEX "hours_to_confirm" ON "market"."hours" USING btree ("wijk_id","receiver_id") WHERE "market"."hours"."state" = 'logged';--> statement-breakpoint
CREATE INDEX "pledge_of_member" ON "market"."pledge" USING btree ("wijk_id","member_id","from");--> statement-breakpoint
CREATE INDEX "pledge_of_organisation" ON "market"."pledge" USING btree ("wijk_id","organisation_id","from");