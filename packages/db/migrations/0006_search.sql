CREATE SCHEMA "search";
--> statement-breakpoint
-- All three come with PostgreSQL and are trusted: the owner of the database may make them.
-- intarray counts what two lists of numbers share; pg_trgm finds words that are spelt alike; btree_gin
-- lets an index of trigrams lead with the wijk.
CREATE EXTENSION IF NOT EXISTS intarray WITH SCHEMA search;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA search;
CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA search;
--> statement-breakpoint
CREATE TABLE "search"."document" (
	"wijk_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"keys" integer[] NOT NULL,
	CONSTRAINT "document_wijk_id_question_id_pk" PRIMARY KEY("wijk_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "search"."stale" (
	"wijk_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	CONSTRAINT "stale_wijk_id_question_id_pk" PRIMARY KEY("wijk_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "search"."state" (
	"wijk_id" uuid PRIMARY KEY NOT NULL,
	"analysis_version" integer NOT NULL,
	"rebuilt_to" uuid,
	"rebuilt_at" timestamp with time zone,
	"documents" integer NOT NULL,
	"synonyms_version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search"."synonym_set" (
	"wijk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"words" jsonb NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" uuid,
	CONSTRAINT "synonym_set_wijk_id_id_pk" PRIMARY KEY("wijk_id","id")
);
--> statement-breakpoint
CREATE TABLE "search"."tally" (
	"wijk_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"words" text[] NOT NULL,
	"counted" integer[] NOT NULL,
	"changed" boolean NOT NULL,
	CONSTRAINT "tally_wijk_id_question_id_pk" PRIMARY KEY("wijk_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "search"."term" (
	"wijk_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"surface" text NOT NULL,
	"df" integer NOT NULL,
	"df_high" integer NOT NULL,
	CONSTRAINT "term_wijk_id_number_pk" PRIMARY KEY("wijk_id","number")
);
--> statement-breakpoint
CREATE INDEX "document_keys" ON "search"."document" USING gin ("keys") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "tally_changed" ON "search"."tally" USING btree ("wijk_id") WHERE "search"."tally"."changed";--> statement-breakpoint
CREATE INDEX "term_trigrams" ON "search"."term" USING gin ("wijk_id","surface" search.gin_trgm_ops);
--> statement-breakpoint
GRANT USAGE ON SCHEMA search TO wijk_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON search.document, search.tally, search.term, search.synonym_set TO wijk_app;
GRANT SELECT, INSERT, UPDATE ON search.state TO wijk_app;
--> statement-breakpoint
-- Questions that may fit: those with any of some keys, and those with a key of each of up to three
-- lists, three times over; each bounded. A function, because a planner that guesses from common keys
-- would read whole tables here: within it the way through the index is the only one, planned once.
-- The question itself is asked who may read it, whatever the index still holds.
CREATE FUNCTION search.candidates(
  p_wijk uuid, p_any integer[], p_limit integer, p_lists text[], p_limits integer[], p_all integer[],
  p_theme text, p_theme_keys integer[]
) RETURNS TABLE (id uuid, theme text, matched text) LANGUAGE plpgsql STABLE
SET search_path = pg_catalog SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF p_theme IS NULL THEN
    RETURN QUERY
    WITH found AS MATERIALIZED (
      (SELECT d.question_id, d.keys FROM search.document d
        WHERE d.wijk_id = p_wijk AND d.keys && p_any LIMIT p_limit)
      UNION ALL
      (SELECT d.question_id, d.keys FROM search.document d
        WHERE d.wijk_id = p_wijk AND d.keys && p_lists[1]::integer[] AND d.keys && p_lists[2]::integer[]
          AND d.keys && p_lists[3]::integer[] LIMIT p_limits[1])
      UNION ALL
      (SELECT d.question_id, d.keys FROM search.document d
        WHERE d.wijk_id = p_wijk AND d.keys && p_lists[4]::integer[] AND d.keys && p_lists[5]::integer[]
          AND d.keys && p_lists[6]::integer[] LIMIT p_limits[2])
      UNION ALL
      (SELECT d.question_id, d.keys FROM search.document d
        WHERE d.wijk_id = p_wijk AND d.keys && p_lists[7]::integer[] AND d.keys && p_lists[8]::integer[]
          AND d.keys && p_lists[9]::integer[] LIMIT p_limits[3])
    ), once AS MATERIALIZED (SELECT DISTINCT ON (f.question_id) f.question_id, f.keys FROM found f)
    SELECT q.id, q.theme, (f.keys OPERATOR(search.&) p_all)::text
    FROM once f JOIN vraagbaak.question q ON q.wijk_id = p_wijk AND q.id = f.question_id
    WHERE q.visibility <> 'private' AND q.moderation = 'shown' AND q.status IN ('open', 'answered');
  ELSE
    RETURN QUERY
    WITH found AS MATERIALIZED (
      (SELECT d.question_id, d.keys FROM search.document d
        WHERE d.wijk_id = p_wijk AND d.keys && p_any AND d.keys && p_theme_keys LIMIT p_limit)
      UNION ALL
      (SELECT d.question_id, d.keys FROM search.document d
        WHERE d.wijk_id = p_wijk AND d.keys && p_lists[1]::integer[] AND d.keys && p_lists[2]::integer[]
          AND d.keys && p_lists[3]::integer[] AND d.keys && p_theme_keys LIMIT p_limits[1])
      UNION ALL
      (SELECT d.question_id, d.keys FROM search.document d
        WHERE d.wijk_id = p_wijk AND d.keys && p_lists[4]::integer[] AND d.keys && p_lists[5]::integer[]
          AND d.keys && p_lists[6]::integer[] AND d.keys && p_theme_keys LIMIT p_limits[2])
      UNION ALL
      (SELECT d.question_id, d.keys FROM search.document d
        WHERE d.wijk_id = p_wijk AND d.keys && p_lists[7]::integer[] AND d.keys && p_lists[8]::integer[]
          AND d.keys && p_lists[9]::integer[] AND d.keys && p_theme_keys LIMIT p_limits[3])
    ), once AS MATERIALIZED (SELECT DISTINCT ON (f.question_id) f.question_id, f.keys FROM found f)
    SELECT q.id, q.theme, (f.keys OPERATOR(search.&) p_all)::text
    FROM once f JOIN vraagbaak.question q ON q.wijk_id = p_wijk AND q.id = f.question_id
    WHERE q.visibility <> 'private' AND q.moderation = 'shown' AND q.status IN ('open', 'answered')
      AND q.theme = p_theme;
  END IF;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION search.candidates(uuid, integer[], integer, text[], integer[], integer[], text, integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search.candidates(uuid, integer[], integer, text[], integer[], integer[], text, integer[]) TO wijk_app;
--> statement-breakpoint
-- Takes questions out of the index in the transaction that calls it. A word that only they had is
-- blanked in the vocabulary, so that it is suggested to nobody from the commit on; its counts are
-- settled by the worker. The lock is shared: it only keeps that worker from putting the word back.
CREATE FUNCTION search.forget(p_wijk uuid, p_questions uuid[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
DECLARE
  v_gone integer[];
BEGIN
  WITH gone AS (
    DELETE FROM search.document d
    WHERE d.wijk_id = p_wijk AND d.question_id = ANY (p_questions) RETURNING d.question_id, d.keys
  ), tallied AS (
    UPDATE search.tally t SET words = '{}', changed = true
    FROM gone g WHERE t.wijk_id = p_wijk AND t.question_id = g.question_id
  )
  SELECT array_agg(DISTINCT (k >> 3) & 536870911) INTO v_gone
  FROM gone g CROSS JOIN LATERAL unnest(g.keys) AS k;
  IF v_gone IS NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock_shared(7203160, hashtext(p_wijk::text));
  UPDATE search.term t SET surface = ''
  WHERE t.wijk_id = p_wijk AND t.number = ANY (v_gone) AND t.df <= 1 AND t.surface <> '';
END
$$;
--> statement-breakpoint
-- No change of text or view can be forgotten: what leaves view or is worded anew leaves the index at
-- once, and the question is noted as stale. Who changed it indexes it anew in the same transaction;
-- else a worker does within a second. Not deferred, so that indexing comes after it.
CREATE FUNCTION search.note_question() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM search.forget(NEW.wijk_id, ARRAY[NEW.id]);
  END IF;
  IF TG_OP = 'UPDATE' OR NEW.visibility <> 'private' THEN
    INSERT INTO search.stale (wijk_id, question_id) VALUES (NEW.wijk_id, NEW.id) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION search.note_answer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM search.forget(NEW.wijk_id, ARRAY[NEW.question_id]);
  END IF;
  INSERT INTO search.stale (wijk_id, question_id) VALUES (NEW.wijk_id, NEW.question_id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION search.forget(uuid, uuid[]), search.note_question(), search.note_answer() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search.forget(uuid, uuid[]) TO wijk_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON search.stale TO wijk_app;
CREATE TRIGGER question_search_new AFTER INSERT ON vraagbaak.question
  FOR EACH ROW EXECUTE FUNCTION search.note_question();
CREATE TRIGGER question_search AFTER UPDATE OF title, body, theme, visibility, status, moderation ON vraagbaak.question
  FOR EACH ROW WHEN (
    (OLD.title, OLD.body, OLD.theme, OLD.visibility = 'private', OLD.status IN ('open', 'answered'), OLD.moderation = 'shown')
    IS DISTINCT FROM
    (NEW.title, NEW.body, NEW.theme, NEW.visibility = 'private', NEW.status IN ('open', 'answered'), NEW.moderation = 'shown'))
  EXECUTE FUNCTION search.note_question();
CREATE TRIGGER answer_search_new AFTER INSERT ON vraagbaak.answer
  FOR EACH ROW EXECUTE FUNCTION search.note_answer();
CREATE TRIGGER answer_search AFTER UPDATE OF body, hidden_at, removed_at ON vraagbaak.answer
  FOR EACH ROW WHEN (
    (OLD.body, OLD.hidden_at IS NULL, OLD.removed_at IS NULL)
    IS DISTINCT FROM (NEW.body, NEW.hidden_at IS NULL, NEW.removed_at IS NULL))
  EXECUTE FUNCTION search.note_answer();
