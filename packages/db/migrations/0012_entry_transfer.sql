DROP INDEX "ledger"."entry_transfer";--> statement-breakpoint
CREATE UNIQUE INDEX "entry_transfer" ON "ledger"."entry" USING btree ("transfer_id","wijk_id","account_id");