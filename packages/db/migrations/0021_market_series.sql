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
ALTER TABLE "market"."order" ADD COLUMN "extra_payment_id" uuid;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "held_up_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "held_up_side" text;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "reviews_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "series_id" uuid;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "series_number" smallint;--> statement-breakpoint
ALTER TABLE "market"."order" ADD COLUMN "rules_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "market"."series_event" ADD CONSTRAINT "series_event_series" FOREIGN KEY ("wijk_id","series_id") REFERENCES "market"."series"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series_event" ADD CONSTRAINT "series_event_order" FOREIGN KEY ("wijk_id","order_id") REFERENCES "market"."order"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series" ADD CONSTRAINT "series_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series" ADD CONSTRAINT "series_receiver" FOREIGN KEY ("wijk_id","receiver_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series" ADD CONSTRAINT "series_helper" FOREIGN KEY ("wijk_id","helper_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "series_time_once" ON "market"."series_event" USING btree ("wijk_id","series_id","number") WHERE "market"."series_event"."step" in ('begin', 'make', 'skip', 'miss');--> statement-breakpoint
CREATE INDEX "series_of_receiver" ON "market"."series" USING btree ("wijk_id","receiver_id","made_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "series_of_helper" ON "market"."series" USING btree ("wijk_id","helper_id","made_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "series_receiver_organisation" ON "market"."series" USING btree ("wijk_id","receiver_organisation") WHERE "market"."series"."receiver_organisation" is not null;--> statement-breakpoint
CREATE INDEX "series_helper_organisation" ON "market"."series" USING btree ("wijk_id","helper_organisation") WHERE "market"."series"."helper_organisation" is not null;--> statement-breakpoint
CREATE INDEX "series_due" ON "market"."series" USING btree ("due_at") WHERE "market"."series"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "series_waiting" ON "market"."series" USING btree ("wijk_id","waiting_since") WHERE "market"."series"."waiting_since" is not null;--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_series" FOREIGN KEY ("wijk_id","series_id") REFERENCES "market"."series"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "order_of_series" ON "market"."order" USING btree ("wijk_id","series_id","series_number") WHERE "market"."order"."series_id" is not null;--> statement-breakpoint
CREATE INDEX "order_held_up" ON "market"."order" USING btree ("wijk_id","held_up_since") WHERE "market"."order"."held_up_since" is not null;--> statement-breakpoint
CREATE INDEX "order_reviews_due" ON "market"."order" USING btree ("reviews_due_at") WHERE "market"."order"."reviews_due_at" is not null;--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_series_time" CHECK (("market"."order"."series_id" is null) = ("market"."order"."series_number" is null));--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_held_up_both" CHECK (("market"."order"."held_up_since" is null) = ("market"."order"."held_up_side" is null));--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_held_up_due" CHECK ("market"."order"."held_up_since" is null or "market"."order"."due_at" is not null);--> statement-breakpoint
ALTER TABLE "market"."order" ADD CONSTRAINT "order_extra" CHECK ("market"."order"."extra_payment_id" is null or "market"."order"."payment_id" is not null);