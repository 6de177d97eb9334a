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
ALTER TABLE "market"."listing" ADD COLUMN "became_question_id" uuid;--> statement-breakpoint
ALTER TABLE "market"."attachment" ADD CONSTRAINT "attachment_listing" FOREIGN KEY ("wijk_id","listing_id") REFERENCES "market"."listing"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."attachment" ADD CONSTRAINT "attachment_by" FOREIGN KEY ("wijk_id","by") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attachment_place" ON "market"."attachment" USING btree ("wijk_id","answer_id","place") WHERE "market"."attachment"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "attachment_once" ON "market"."attachment" USING btree ("wijk_id","answer_id","listing_id") WHERE "market"."attachment"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "attachment_question" ON "market"."attachment" USING btree ("wijk_id","question_id") WHERE "market"."attachment"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "attachment_of_listing" ON "market"."attachment" USING btree ("wijk_id","listing_id") WHERE "market"."attachment"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "listing_question" ON "market"."listing" USING btree ("wijk_id","question_id") WHERE "market"."listing"."question_id" is not null;--> statement-breakpoint
CREATE INDEX "listing_became" ON "market"."listing" USING btree ("wijk_id","became_question_id") WHERE "market"."listing"."became_question_id" is not null;--> statement-breakpoint
ALTER TABLE "market"."listing" ADD CONSTRAINT "listing_questions" CHECK ("market"."listing"."kind" = 'request' or ("market"."listing"."question_id" is null and "market"."listing"."became_question_id" is null));