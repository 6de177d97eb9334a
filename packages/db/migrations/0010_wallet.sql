CREATE SCHEMA "wallet";
--> statement-breakpoint
CREATE TABLE "wallet"."control_action" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" uuid,
	"kind" text NOT NULL,
	"subject" uuid,
	"reason" text DEFAULT '' NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "control_action_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "wallet"."daily_statement" (
	"wijk_id" uuid NOT NULL,
	"day" date NOT NULL,
	"height" integer NOT NULL,
	"head" text NOT NULL,
	"totals" jsonb NOT NULL,
	"payments" integer NOT NULL,
	"volume" bigint NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "daily_statement_wijk_id_day_pk" PRIMARY KEY("wijk_id","day")
);
--> statement-breakpoint
CREATE TABLE "wallet"."proposal" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"payment_id" uuid,
	"account_id" uuid,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"four_eyes" boolean NOT NULL,
	"endorsed_by" uuid,
	"endorsed_at" timestamp with time zone,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decision" text,
	"note" text DEFAULT '' NOT NULL,
	"transfer_id" uuid,
	CONSTRAINT "proposal_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "proposal_eyes" CHECK ("wallet"."proposal"."decision" is distinct from 'done' or not ("wallet"."proposal"."four_eyes" or "wallet"."proposal"."kind" = 'refund') or "wallet"."proposal"."decided_by" <> "wallet"."proposal"."proposed_by"),
	CONSTRAINT "proposal_officers" CHECK ("wallet"."proposal"."decision" is distinct from 'done' or not "wallet"."proposal"."four_eyes" or "wallet"."proposal"."kind" <> 'refund' or ("wallet"."proposal"."endorsed_by" is not null and "wallet"."proposal"."endorsed_by" <> "wallet"."proposal"."decided_by")),
	CONSTRAINT "proposal_decided" CHECK (("wallet"."proposal"."decided_at" is null) = ("wallet"."proposal"."decision" is null)),
	CONSTRAINT "proposal_amount" CHECK ("wallet"."proposal"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "wallet"."verification" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" uuid,
	"ok" boolean NOT NULL,
	"entries" integer NOT NULL,
	"blocks" integer NOT NULL,
	"broken" text,
	"took_ms" integer NOT NULL,
	CONSTRAINT "verification_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "wallet"."pay_request" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"ref" text NOT NULL,
	"payee" uuid NOT NULL,
	"payer" uuid,
	"amount" bigint NOT NULL,
	"memo" text,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"paid_by" uuid,
	"ended_at" timestamp with time zone,
	"ending" text,
	CONSTRAINT "pay_request_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "pay_request_ref" UNIQUE("wijk_id","ref"),
	CONSTRAINT "pay_request_amount" CHECK ("wallet"."pay_request"."amount" > 0),
	CONSTRAINT "pay_request_ended" CHECK (("wallet"."pay_request"."ended_at" is null) = ("wallet"."pay_request"."ending" is null))
);
--> statement-breakpoint
CREATE TABLE "wallet"."payment" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"payer" uuid NOT NULL,
	"payee" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"earmarked" bigint DEFAULT 0 NOT NULL,
	"contribution" bigint DEFAULT 0 NOT NULL,
	"memo" text,
	"made_by" uuid,
	"way" text NOT NULL,
	"request_id" uuid,
	"schedule_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "payment_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "payment_amount" CHECK ("wallet"."payment"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "wallet"."schedule" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"payer" uuid NOT NULL,
	"payee" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"memo" text,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"every" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"done" integer DEFAULT 0 NOT NULL,
	"tried" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	"stopped_at" timestamp with time zone,
	"last_refusal" text,
	CONSTRAINT "schedule_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "schedule_amount" CHECK ("wallet"."schedule"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "wallet"."schedule_run" (
	"wijk_id" uuid NOT NULL,
	"schedule_id" uuid NOT NULL,
	"on_date" date NOT NULL,
	"outcome" text NOT NULL,
	"payment_id" uuid,
	"refusal" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "schedule_run_wijk_id_schedule_id_on_date_pk" PRIMARY KEY("wijk_id","schedule_id","on_date"),
	CONSTRAINT "schedule_run_paid" CHECK (("wallet"."schedule_run"."outcome" = 'paid') = ("wallet"."schedule_run"."payment_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "wallet"."lot" (
	"wijk_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"holder" uuid NOT NULL,
	"granted" bigint NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"returned_at" timestamp with time zone,
	CONSTRAINT "lot_wijk_id_account_id_pk" PRIMARY KEY("wijk_id","account_id"),
	CONSTRAINT "lot_participant" UNIQUE("wijk_id","programme_id","holder")
);
--> statement-breakpoint
CREATE TABLE "wallet"."lot_spending" (
	"wijk_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"payee" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"settlement_id" uuid,
	"reversed_at" timestamp with time zone,
	CONSTRAINT "lot_spending_wijk_id_payment_id_lot_id_pk" PRIMARY KEY("wijk_id","payment_id","lot_id")
);
--> statement-breakpoint
CREATE TABLE "wallet"."programme" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"about" text DEFAULT '' NOT NULL,
	"source" text DEFAULT 'issuance' NOT NULL,
	"account_id" uuid NOT NULL,
	"kinds" jsonb NOT NULL,
	"themes" jsonb NOT NULL,
	"per_participant" bigint NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "programme_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "programme_dates" CHECK ("wallet"."programme"."starts_on" <= "wallet"."programme"."ends_on"),
	CONSTRAINT "programme_amount" CHECK ("wallet"."programme"."per_participant" > 0)
);
--> statement-breakpoint
CREATE TABLE "wallet"."settlement" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"payee" uuid NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"payments" integer NOT NULL,
	"amount" bigint NOT NULL,
	"retired" bigint NOT NULL,
	"transfer_id" uuid NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "settlement_wijk_id_id_pk" PRIMARY KEY("wijk_id","id"),
	CONSTRAINT "settlement_amount" CHECK ("wallet"."settlement"."amount" > 0 and "wallet"."settlement"."retired" between 0 and "wallet"."settlement"."amount")
);
--> statement-breakpoint
CREATE TABLE "wallet"."supplier" (
	"wijk_id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"theme" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	CONSTRAINT "supplier_wijk_id_programme_id_account_id_since_pk" PRIMARY KEY("wijk_id","programme_id","account_id","since")
);
--> statement-breakpoint
CREATE TABLE "wallet"."holder" (
	"wijk_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"membership_id" uuid,
	"organisation_id" uuid,
	"pay_code" text NOT NULL,
	"daily_override" bigint,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "holder_wijk_id_account_id_pk" PRIMARY KEY("wijk_id","account_id"),
	CONSTRAINT "holder_pay_code" UNIQUE("wijk_id","pay_code"),
	CONSTRAINT "holder_kind" CHECK (("wallet"."holder"."kind" = 'member') = ("wallet"."holder"."membership_id" is not null)),
	CONSTRAINT "holder_org" CHECK (("wallet"."holder"."kind" = 'organisation') = ("wallet"."holder"."organisation_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "wallet"."money_policy" (
	"wijk_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"name" text NOT NULL,
	"plural" text NOT NULL,
	"symbol" text NOT NULL,
	"member_credit" bigint NOT NULL,
	"organisation_credit" bigint NOT NULL,
	"member_max" bigint,
	"organisation_max" bigint,
	"member_daily" bigint,
	"organisation_daily" bigint,
	"contribution_permille" smallint NOT NULL,
	"demurrage_permille" smallint NOT NULL,
	"demurrage_above" bigint NOT NULL,
	"four_eyes_from" bigint NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_by" uuid,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "money_policy_wijk_id_version_pk" PRIMARY KEY("wijk_id","version"),
	CONSTRAINT "money_policy_contribution" CHECK ("wallet"."money_policy"."contribution_permille" between 0 and 200),
	CONSTRAINT "money_policy_demurrage" CHECK ("wallet"."money_policy"."demurrage_permille" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "wallet"."operator" (
	"wijk_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"role" text NOT NULL,
	"daily_limit" bigint,
	"spent_day" date,
	"spent_today" bigint DEFAULT 0 NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	CONSTRAINT "operator_wijk_id_organisation_id_membership_id_since_pk" PRIMARY KEY("wijk_id","organisation_id","membership_id","since")
);
--> statement-breakpoint
CREATE TABLE "wallet"."organisation" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"about" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "organisation_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "wallet"."residency" (
	"wijk_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"confirmed_at" timestamp with time zone NOT NULL,
	"confirmed_by" uuid NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_by" uuid,
	CONSTRAINT "residency_wijk_id_membership_id_confirmed_at_pk" PRIMARY KEY("wijk_id","membership_id","confirmed_at")
);
--> statement-breakpoint
ALTER TABLE "wallet"."schedule_run" ADD CONSTRAINT "schedule_run_schedule" FOREIGN KEY ("wijk_id","schedule_id") REFERENCES "wallet"."schedule"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wallet"."lot" ADD CONSTRAINT "lot_programme" FOREIGN KEY ("wijk_id","programme_id") REFERENCES "wallet"."programme"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wallet"."supplier" ADD CONSTRAINT "supplier_programme" FOREIGN KEY ("wijk_id","programme_id") REFERENCES "wallet"."programme"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wallet"."holder" ADD CONSTRAINT "holder_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wallet"."money_policy" ADD CONSTRAINT "money_policy_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wallet"."operator" ADD CONSTRAINT "operator_organisation" FOREIGN KEY ("wijk_id","organisation_id") REFERENCES "wallet"."organisation"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wallet"."operator" ADD CONSTRAINT "operator_membership" FOREIGN KEY ("wijk_id","membership_id") REFERENCES "identity"."membership"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wallet"."organisation" ADD CONSTRAINT "organisation_wijk_id_wijk_id_fk" FOREIGN KEY ("wijk_id") REFERENCES "wijk"."wijk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "control_action_at" ON "wallet"."control_action" USING btree ("wijk_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "proposal_open" ON "wallet"."proposal" USING btree ("wijk_id","proposed_at") WHERE "wallet"."proposal"."decided_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "proposal_payment" ON "wallet"."proposal" USING btree ("wijk_id","payment_id") WHERE "wallet"."proposal"."payment_id" is not null and ("wallet"."proposal"."decision" is null or "wallet"."proposal"."decision" = 'done');--> statement-breakpoint
CREATE INDEX "verification_at" ON "wallet"."verification" USING btree ("wijk_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "pay_request_payer" ON "wallet"."pay_request" USING btree ("wijk_id","payer") WHERE "wallet"."pay_request"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "pay_request_payee" ON "wallet"."pay_request" USING btree ("wijk_id","payee","made_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "payment_payer" ON "wallet"."payment" USING btree ("wijk_id","payer","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "payment_payee" ON "wallet"."payment" USING btree ("wijk_id","payee","at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "payment_request" ON "wallet"."payment" USING btree ("wijk_id","request_id");--> statement-breakpoint
CREATE INDEX "schedule_due" ON "wallet"."schedule" USING btree ("due_at") WHERE "wallet"."schedule"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "schedule_payer" ON "wallet"."schedule" USING btree ("wijk_id","payer");--> statement-breakpoint
CREATE INDEX "lot_holder" ON "wallet"."lot" USING btree ("wijk_id","holder","expires_at") WHERE "wallet"."lot"."returned_at" is null;--> statement-breakpoint
CREATE INDEX "lot_due" ON "wallet"."lot" USING btree ("expires_at") WHERE "wallet"."lot"."returned_at" is null;--> statement-breakpoint
CREATE INDEX "lot_spending_open" ON "wallet"."lot_spending" USING btree ("wijk_id","programme_id","payee","at") WHERE "wallet"."lot_spending"."settlement_id" is null;--> statement-breakpoint
CREATE INDEX "settlement_payee" ON "wallet"."settlement" USING btree ("wijk_id","payee","made_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "supplier_now" ON "wallet"."supplier" USING btree ("wijk_id","programme_id","account_id") WHERE "wallet"."supplier"."until" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "holder_member" ON "wallet"."holder" USING btree ("wijk_id","membership_id");--> statement-breakpoint
CREATE UNIQUE INDEX "holder_organisation" ON "wallet"."holder" USING btree ("wijk_id","organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "holder_of_wijk" ON "wallet"."holder" USING btree ("wijk_id","kind") WHERE "wallet"."holder"."kind" in ('fund', 'issuance');--> statement-breakpoint
CREATE INDEX "money_policy_current" ON "wallet"."money_policy" USING btree ("wijk_id","valid_from" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "operator_now" ON "wallet"."operator" USING btree ("wijk_id","organisation_id","membership_id") WHERE "wallet"."operator"."until" is null;--> statement-breakpoint
CREATE INDEX "operator_member" ON "wallet"."operator" USING btree ("wijk_id","membership_id");--> statement-breakpoint
CREATE UNIQUE INDEX "residency_now" ON "wallet"."residency" USING btree ("wijk_id","membership_id") WHERE "wallet"."residency"."revoked_at" is null;