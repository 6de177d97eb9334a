CREATE TABLE "vraagbaak"."question_version" (
	"wijk_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "question_version_wijk_id_question_id_pk" PRIMARY KEY("wijk_id","question_id")
);
--> statement-breakpoint
ALTER TABLE "vraagbaak"."question_version" ADD CONSTRAINT "question_version_question" FOREIGN KEY ("wijk_id","question_id") REFERENCES "vraagbaak"."question"("wijk_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
GRANT SELECT ON vraagbaak.question_version TO wijk_app;
--> statement-breakpoint
CREATE FUNCTION vraagbaak.count_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
  v_question uuid;
BEGIN
  IF TG_TABLE_NAME = 'question' THEN
    v_question := NEW.id;
  ELSE
    v_question := NEW.question_id;
  END IF;
  INSERT INTO vraagbaak.question_version AS v (wijk_id, question_id, version)
  VALUES (NEW.wijk_id, v_question, 1)
  ON CONFLICT (wijk_id, question_id) DO UPDATE SET version = v.version + 1;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Deferred to the commit: the row of the count is then always the last one that is locked.
CREATE CONSTRAINT TRIGGER question_change AFTER UPDATE OF title, slug, body, theme, visibility, status, answer_count
  ON vraagbaak.question DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.count_change();
CREATE CONSTRAINT TRIGGER answer_change AFTER INSERT OR UPDATE
  ON vraagbaak.answer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.count_change();
CREATE CONSTRAINT TRIGGER promise_change AFTER UPDATE
  ON vraagbaak.promise DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION vraagbaak.count_change();
