DROP FUNCTION search.listing_candidates(uuid, jsonb, text[], integer, integer[]);
--> statement-breakpoint
-- Listings that may fit: in each pass those with a key of each of its lists and of each filter, or the newest
-- where it has no list, of one theme where that is asked for. Each statement is planned for its own keys: which of them are rare decides the way.
CREATE FUNCTION search.listing_candidates(
  p_wijk uuid, p_passes jsonb, p_filters text[], p_max_rate integer, p_all integer[],
  p_theme text
) RETURNS TABLE (id uuid, facets text, at double precision, matched text) LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS $$
DECLARE
  v_pass jsonb;
  v_lists text[];
  v_where text;
BEGIN
  FOR v_pass IN SELECT p.value FROM jsonb_array_elements(p_passes) p LOOP
    v_lists := ARRAY(SELECT l.value FROM jsonb_array_elements_text(v_pass -> 'lists') l);
    CONTINUE WHEN '{}' = ANY (v_lists || p_filters);
    SELECT coalesce(string_agg(format(' AND d.keys && %L::integer[]', l), ''), '') INTO v_where
    FROM unnest(v_lists || p_filters) l;
    IF p_max_rate IS NOT NULL THEN
      v_where := v_where || format(' AND d.rate <= %L::integer', p_max_rate);
    END IF;
    IF p_theme IS NOT NULL THEN
      v_where := v_where || format(' AND split_part(d.facets, ''|'', 2) = %L', p_theme);
    END IF;
    -- keys are those of one wijk anyway: compared as text no plan goes through all of it by another index
    RETURN QUERY EXECUTE
      'SELECT d.listing_id, d.facets, (extract(epoch FROM d.published_at) * 1000)::double precision, '
      || CASE WHEN cardinality(p_all) = 0 THEN '''''::text' ELSE '(d.keys OPERATOR(search.&) $2)::text' END
      || ' FROM search.listing_document d WHERE '
      || CASE WHEN cardinality(v_lists) = 0 THEN 'd.wijk_id = $1' ELSE 'd.wijk_id::text = $1::text' END || v_where
      || CASE WHEN cardinality(v_lists) = 0 THEN ' ORDER BY d.published_at DESC NULLS LAST, d.listing_id DESC NULLS LAST' ELSE '' END
      || ' LIMIT $3'
      USING p_wijk, p_all, (v_pass ->> 'limit')::integer;
  END LOOP;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION search.listing_candidates(uuid, jsonb, text[], integer, integer[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search.listing_candidates(uuid, jsonb, text[], integer, integer[], text) TO wijk_app;
