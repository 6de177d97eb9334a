CREATE TABLE "market"."photo" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"listing_id" uuid NOT NULL,
	"place" smallint NOT NULL,
	"position" integer NOT NULL,
	"alt" text DEFAULT '' NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"large" "bytea",
	"small" "bytea",
	"added_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "photo_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "photo_places" CHECK ("market"."photo"."place" between 0 and 4),
	CONSTRAINT "photo_there" CHECK (("market"."photo"."removed_at" is null) = ("market"."photo"."large" is not null and "market"."photo"."small" is not null))
);
--> statement-breakpoint
ALTER TABLE "market"."photo" ADD CONSTRAINT "photo_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "photo_place" ON "market"."photo" USING btree ("wijk_id","listing_id","place") WHERE "market"."photo"."removed_at" is null;