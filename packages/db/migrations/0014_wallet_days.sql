CREATE TABLE "wallet"."account_day" (
	"wijk_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"day" date NOT NULL,
	"balance" bigint NOT NULL,
	"paid" integer NOT NULL,
	"volume" bigint NOT NULL,
	"received" integer NOT NULL,
	"last_paid_at" timestamp with time zone,
	CONSTRAINT "account_day_wijk_id_account_id_day_pk" PRIMARY KEY("wijk_id","account_id","day")
);
--> statement-breakpoint
CREATE TABLE "wallet"."closed_day" (
	"wijk_id" uuid NOT NULL,
	"day" date NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	CONSTRAINT "closed_day_wijk_id_day_pk" PRIMARY KEY("wijk_id","day")
);
--> statement-breakpoint
CREATE TABLE "wallet"."verification_ask" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"by" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	CONSTRAINT "verification_ask_wijk_id_pk" PRIMARY KEY("wijk_id")
);
--> statement-breakpoint
ALTER TABLE "wallet"."payment" ADD COLUMN "returns_id" uuid;--> statement-breakpoint
CREATE INDEX "payment_at" ON "wallet"."payment" USING btree ("wijk_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_returns" ON "wallet"."payment" USING btree ("wijk_id","returns_id") WHERE "wallet"."payment"."returns_id" is not null;--> statement-breakpoint
ALTER TABLE "wallet"."payment" ADD CONSTRAINT "payment_return" CHECK (("wallet"."payment"."way" = 'return') = ("wallet"."payment"."returns_id" is not null));