CREATE SCHEMA "ledger";
--> statement-breakpoint
CREATE TABLE "ledger"."account" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"rank" smallint NOT NULL,
	"debits_pending" bigint DEFAULT 0 NOT NULL,
	"debits_posted" bigint DEFAULT 0 NOT NULL,
	"credits_pending" bigint DEFAULT 0 NOT NULL,
	"credits_posted" bigint DEFAULT 0 NOT NULL,
	"min_wanted" bigint,
	"max_wanted" bigint,
	"min_balance" bigint,
	"max_balance" bigint,
	"daily_limit" bigint,
	"spent_day" text,
	"spent_today" bigint DEFAULT 0 NOT NULL,
	"frozen" boolean DEFAULT false NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "account_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "account_kinds" CHECK ("ledger"."account"."kind" in ('member', 'organisation', 'lot', 'programme', 'escrow', 'fund', 'issuance')),
	CONSTRAINT "account_counters" CHECK ("ledger"."account"."debits_pending" >= 0 and "ledger"."account"."debits_posted" >= 0 and "ledger"."account"."credits_pending" >= 0 and "ledger"."account"."credits_posted" >= 0
        and "ledger"."account"."debits_pending" + "ledger"."account"."debits_posted" <= 9007199254740991 and "ledger"."account"."credits_pending" + "ledger"."account"."credits_posted" <= 9007199254740991),
	CONSTRAINT "account_limits" CHECK ("ledger"."account"."min_wanted" between -9007199254740991 and 9007199254740991 and "ledger"."account"."max_wanted" between -9007199254740991 and 9007199254740991
        and ("ledger"."account"."min_wanted" is null) = ("ledger"."account"."min_balance" is null) and ("ledger"."account"."max_wanted" is null) = ("ledger"."account"."max_balance" is null)
        and "ledger"."account"."daily_limit" between 0 and 9007199254740991),
	CONSTRAINT "account_moments" CHECK (isfinite("ledger"."account"."last_at") and isfinite("ledger"."account"."opened_at")),
	CONSTRAINT "account_min" CHECK ("ledger"."account"."credits_posted" - "ledger"."account"."debits_posted" - "ledger"."account"."debits_pending" >= "ledger"."account"."min_balance"),
	CONSTRAINT "account_max" CHECK ("ledger"."account"."credits_posted" - "ledger"."account"."debits_posted" + "ledger"."account"."credits_pending" <= "ledger"."account"."max_balance")
);
--> statement-breakpoint
CREATE TABLE "ledger"."account_event" (
	"wijk_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"nr" integer NOT NULL,
	"kind" text NOT NULL,
	"min_wanted" bigint,
	"max_wanted" bigint,
	"daily_limit" bigint,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "account_event_wijk_id_account_id_nr_pk" PRIMARY KEY("wijk_id","account_id","nr")
);
--> statement-breakpoint
CREATE TABLE "ledger"."block" (
	"wijk_id" uuid NOT NULL,
	"height" integer NOT NULL,
	"previous" "bytea" NOT NULL,
	"root" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"entries" integer NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "block_wijk_id_height_pk" PRIMARY KEY("wijk_id","height")
);
--> statement-breakpoint
CREATE TABLE "ledger"."entry" (
	"wijk_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"transfer_id" uuid NOT NULL,
	"debit" boolean NOT NULL,
	"posted" bigint NOT NULL,
	"pending" bigint NOT NULL,
	"balance" bigint NOT NULL,
	"reserved" bigint NOT NULL,
	"expected" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "entry_wijk_id_account_id_version_pk" PRIMARY KEY("wijk_id","account_id","version"),
	CONSTRAINT "entry_posted" CHECK ("ledger"."entry"."posted" >= 0)
);
--> statement-breakpoint
CREATE TABLE "ledger"."hold" (
	"wijk_id" uuid NOT NULL,
	"transfer_id" uuid NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "hold_wijk_id_transfer_id_pk" PRIMARY KEY("wijk_id","transfer_id")
);
--> statement-breakpoint
CREATE TABLE "ledger"."leaf" (
	"wijk_id" uuid NOT NULL,
	"height" integer NOT NULL,
	"position" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "leaf_wijk_id_height_position_pk" PRIMARY KEY("wijk_id","height","position")
);
--> statement-breakpoint
CREATE TABLE "ledger"."sealed" (
	"wijk_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "sealed_wijk_id_account_id_pk" PRIMARY KEY("wijk_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "ledger"."transfer" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"kind" text NOT NULL,
	"pending_id" uuid,
	"reverses_id" uuid,
	"code" text NOT NULL,
	"policy_version" integer,
	"legs" smallint NOT NULL,
	"expires_at" timestamp with time zone,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "transfer_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "transfer_kind" CHECK ("ledger"."transfer"."kind" in ('single', 'pending', 'post', 'void', 'expire', 'reversal')),
	CONSTRAINT "transfer_pending" CHECK (("ledger"."transfer"."kind" in ('post', 'void', 'expire')) = ("ledger"."transfer"."pending_id" is not null)),
	CONSTRAINT "transfer_reversal" CHECK (("ledger"."transfer"."kind" = 'reversal') = ("ledger"."transfer"."reverses_id" is not null)),
	CONSTRAINT "transfer_expires" CHECK ("ledger"."transfer"."kind" = 'pending' or "ledger"."transfer"."expires_at" is null),
	CONSTRAINT "transfer_code" CHECK ("ledger"."transfer"."code" ~ '^[a-z][a-z-]{1,30}$')
);
--> statement-breakpoint
ALTER TABLE "ledger"."account" ADD CONSTRAINT "account_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "entry_transfer" ON "ledger"."entry" USING btree ("wijk_id","transfer_id","account_id");--> statement-breakpoint
CREATE INDEX "hold_due" ON "ledger"."hold" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "leaf_entry" ON "ledger"."leaf" USING btree ("wijk_id","account_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "transfer_resolves" ON "ledger"."transfer" USING btree ("wijk_id","pending_id") WHERE "ledger"."transfer"."pending_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "transfer_reverses" ON "ledger"."transfer" USING btree ("wijk_id","reverses_id") WHERE "ledger"."transfer"."reverses_id" is not null;