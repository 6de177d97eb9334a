-- Questions that may fit, as before, but each pass is a statement of its own with only the lists that
-- it has: the index was read three times over for one common word. A question that several passes
-- bring up comes several times. The wijk is compared as text so that no plan goes through all of its
-- documents by their primary key, which looks cheap in a small one: keys are those of one wijk anyway.
CREATE OR REPLACE FUNCTION search.candidates(
  p_wijk uuid, p_any integer[], p_limit integer, p_lists text[], p_limits integer[], p_all integer[],
  p_theme text, p_theme_keys integer[]
) RETURNS TABLE (id uuid, theme text, matched text) LANGUAGE plpgsql STABLE
SET search_path = pg_catalog SET enable_seqscan = off SET enable_hashjoin = off
SET enable_mergejoin = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_wijk text := p_wijk::text;
  v_lists text[];
  v_limit integer;
  v_a integer[];
  v_b integer[];
  v_c integer[];
  v_d integer[];
BEGIN
  FOR i IN 0..cardinality(p_limits) LOOP
    v_limit := CASE i WHEN 0 THEN p_limit ELSE p_limits[i] END;
    v_lists := CASE i WHEN 0 THEN ARRAY[p_any::text] ELSE p_lists[3 * i - 2 : 3 * i] END;
    CONTINUE WHEN v_limit = 0 OR '{}' = ANY (v_lists);
    IF p_theme IS NOT NULL THEN
      v_lists := v_lists || p_theme_keys::text;
    END IF;
    v_lists := ARRAY(SELECT DISTINCT l FROM unnest(v_lists) AS l);
    v_a := v_lists[1];
    v_b := v_lists[2];
    v_c := v_lists[3];
    v_d := v_lists[4];
    CASE cardinality(v_lists)
    WHEN 1 THEN
      RETURN QUERY
      SELECT q.id, q.theme, (f.keys OPERATOR(search.&) p_all)::text
      FROM (SELECT d.question_id, d.keys FROM search.document d
          WHERE d.wijk_id::text = v_wijk AND d.keys && v_a LIMIT v_limit) f
        JOIN vraagbaak.question q ON q.wijk_id = p_wijk AND q.id = f.question_id
      WHERE q.visibility <> 'private' AND q.moderation = 'shown' AND q.status IN ('open', 'answered')
        AND (p_theme IS NULL OR q.theme = p_theme);
    WHEN 2 THEN
      RETURN QUERY
      SELECT q.id, q.theme, (f.keys OPERATOR(search.&) p_all)::text
      FROM (SELECT d.question_id, d.keys FROM search.document d
          WHERE d.wijk_id::text = v_wijk AND d.keys && v_a AND d.keys && v_b LIMIT v_limit) f
        JOIN vraagbaak.question q ON q.wijk_id = p_wijk AND q.id = f.question_id
      WHERE q.visibility <> 'private' AND q.moderation = 'shown' AND q.status IN ('open', 'answered')
        AND (p_theme IS NULL OR q.theme = p_theme);
    WHEN 3 THEN
      RETURN QUERY
      SELECT q.id, q.theme, (f.keys OPERATOR(search.&) p_all)::text
      FROM (SELECT d.question_id, d.keys FROM search.document d
          WHERE d.wijk_id::text = v_wijk AND d.keys && v_a AND d.keys && v_b AND d.keys && v_c LIMIT v_limit) f
        JOIN vraagbaak.question q ON q.wijk_id = p_wijk AND q.id = f.question_id
      WHERE q.visibility <> 'private' AND q.moderation = 'shown' AND q.status IN ('open', 'answered')
        AND (p_theme IS NULL OR q.theme = p_theme);
    ELSE
      RETURN QUERY
      SELECT q.id, q.theme, (f.keys OPERATOR(search.&) p_all)::text
      FROM (SELECT d.question_id, d.keys FROM search.document d
          WHERE d.wijk_id::text = v_wijk AND d.keys && v_a AND d.keys && v_b AND d.keys && v_c AND d.keys && v_d LIMIT v_limit) f
        JOIN vraagbaak.question q ON q.wijk_id = p_wijk AND q.id = f.question_id
      WHERE q.visibility <> 'private' AND q.moderation = 'shown' AND q.status IN ('open', 'answered')
        AND (p_theme IS NULL OR q.theme = p_theme);
    END CASE;
  END LOOP;
END
$$;
