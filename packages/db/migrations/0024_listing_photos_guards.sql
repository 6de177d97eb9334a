-- Photos with listings (M1): made once, changed in words and order, and emptied for good.
GRANT SELECT, INSERT, UPDATE (alt, position, large, small, removed_at) ON market.photo TO wijk_app;
--> statement-breakpoint
CREATE TRIGGER photo_stays BEFORE DELETE OR TRUNCATE ON market.photo
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- What was taken away does not come back, and no other picture comes in the place of one.
CREATE FUNCTION market.keep_photo() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.removed_at IS NOT NULL
    OR (NEW.removed_at IS NULL AND (NEW.large, NEW.small) IS DISTINCT FROM (OLD.large, OLD.small)) THEN
    RAISE EXCEPTION 'a photo is made once, and what was taken away is gone' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION market.keep_photo() FROM PUBLIC;
CREATE TRIGGER photo_made_once BEFORE UPDATE ON market.photo
  FOR EACH ROW EXECUTE FUNCTION market.keep_photo();
