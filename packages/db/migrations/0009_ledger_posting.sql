-- The door of the book of wijk-credits (W1, W2). Whoever uses the application's role can read the book
-- and call these functions; nobody, the owner included, changes or deletes what stands in it.
-- pg_temp stands last in every search_path: left out it would come first, and a caller's own temporary type
-- named as one of ours would run the caller's code with the rights of the book.

-- Balances change in place: with room on the page that is a heap-only update, and no index grows.
ALTER TABLE ledger.account SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE ledger.hold SET (autovacuum_vacuum_scale_factor = 0.05);
--> statement-breakpoint
CREATE FUNCTION ledger.assert_balanced() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_legs bigint;
  v_posted numeric;
  v_pending numeric;
BEGIN
  SELECT count(*), coalesce(sum(CASE WHEN e.debit THEN -e.posted ELSE e.posted END), 0),
      coalesce(sum(CASE WHEN e.debit THEN -e.pending ELSE e.pending END), 0)
    INTO v_legs, v_posted, v_pending
    FROM ledger.entry e WHERE e.wijk_id = NEW.wijk_id AND e.transfer_id = NEW.id;
  IF v_legs <> NEW.legs OR v_legs < 2 OR v_posted <> 0 OR v_pending <> 0 THEN
    RAISE EXCEPTION 'transfer % has % entries that come to % posted and % pending', NEW.id, v_legs, v_posted, v_pending
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_balanced';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- At the commit every transfer has its entries, and they come to nothing.
CREATE CONSTRAINT TRIGGER transfer_balanced AFTER INSERT ON ledger.transfer
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.assert_balanced();
--> statement-breakpoint
-- The entries of a transfer come in one statement, all of them: none is added to it later.
CREATE FUNCTION ledger.assert_whole() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT n.wijk_id, n.transfer_id, count(*) AS entries FROM new_entries n GROUP BY 1, 2) n
    LEFT JOIN ledger.transfer t ON t.wijk_id = n.wijk_id AND t.id = n.transfer_id
    WHERE t.legs IS DISTINCT FROM n.entries
  ) THEN
    RAISE EXCEPTION 'entries that are not all of their transfer'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_whole';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER entry_whole AFTER INSERT ON ledger.entry
  REFERENCING NEW TABLE AS new_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger.assert_whole();
--> statement-breakpoint
CREATE TRIGGER transfer_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.transfer
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER account_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.account_event
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER block_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.block
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER leaf_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.leaf
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
CREATE TRIGGER account_stays BEFORE DELETE OR TRUNCATE ON ledger.account
  FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_change();
--> statement-breakpoint
-- Opens an account; opening it again with the same kind changes nothing.
CREATE FUNCTION ledger.open_account(
  p_wijk uuid, p_id uuid, p_kind text, p_rank smallint,
  p_min bigint, p_max bigint, p_daily bigint, p_at timestamptz
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO ledger.account (wijk_id, id, kind, rank, min_wanted, max_wanted, min_balance, max_balance,
      daily_limit, last_at, opened_at)
    VALUES (p_wijk, p_id, p_kind, p_rank, p_min, p_max,
        CASE WHEN p_min IS NOT NULL THEN least(p_min, 0) END, CASE WHEN p_max IS NOT NULL THEN greatest(p_max, 0) END, p_daily, p_at, p_at)
    ON CONFLICT (wijk_id, id) DO NOTHING;
  IF FOUND THEN
    INSERT INTO ledger.account_event (wijk_id, account_id, nr, kind, min_wanted, max_wanted, daily_limit, at)
      VALUES (p_wijk, p_id, 1, 'opened', p_min, p_max, p_daily, p_at);
  ELSIF NOT EXISTS (SELECT FROM ledger.account a WHERE a.wijk_id = p_wijk AND a.id = p_id AND a.kind = p_kind) THEN
    RAISE EXCEPTION 'account % is of another kind', p_id USING ERRCODE = 'check_violation', CONSTRAINT = 'account_kind';
  END IF;
END
$$;
--> statement-breakpoint
-- Other limits. One that is narrower than the balance takes hold as the balance comes back.
CREATE FUNCTION ledger.set_limits(
  p_wijk uuid, p_id uuid, p_min bigint, p_max bigint, p_daily bigint, p_at timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v ledger.account;
BEGIN
  SELECT * INTO v FROM ledger.account a WHERE a.wijk_id = p_wijk AND a.id = p_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  IF (v.min_wanted, v.max_wanted, v.daily_limit) IS NOT DISTINCT FROM (p_min, p_max, p_daily) THEN RETURN true; END IF;
  UPDATE ledger.account a SET min_wanted = p_min, max_wanted = p_max, daily_limit = p_daily,
      min_balance = CASE WHEN p_min IS NULL THEN NULL
        ELSE least(p_min, v.credits_posted - v.debits_posted - v.debits_pending) END,
      max_balance = CASE WHEN p_max IS NULL THEN NULL
        ELSE greatest(p_max, v.credits_posted - v.debits_posted + v.credits_pending) END
    WHERE a.wijk_id = p_wijk AND a.id = p_id;
  INSERT INTO ledger.account_event (wijk_id, account_id, nr, kind, min_wanted, max_wanted, daily_limit, at)
    SELECT p_wijk, p_id, max(e.nr) + 1, 'limits', p_min, p_max, p_daily, p_at
    FROM ledger.account_event e WHERE e.wijk_id = p_wijk AND e.account_id = p_id;
  RETURN true;
END
$$;
--> statement-breakpoint
-- Freezes or thaws; false where there is no such account. Doing it twice changes nothing.
CREATE FUNCTION ledger.set_frozen(p_wijk uuid, p_id uuid, p_frozen boolean, p_at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_was boolean;
BEGIN
  SELECT a.frozen INTO v_was FROM ledger.account a WHERE a.wijk_id = p_wijk AND a.id = p_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  IF v_was = p_frozen THEN RETURN true; END IF;
  UPDATE ledger.account a SET frozen = p_frozen WHERE a.wijk_id = p_wijk AND a.id = p_id;
  INSERT INTO ledger.account_event (wijk_id, account_id, nr, kind, at)
    SELECT p_wijk, p_id, max(e.nr) + 1, CASE WHEN p_frozen THEN 'frozen' ELSE 'thawed' END, p_at
    FROM ledger.account_event e WHERE e.wijk_id = p_wijk AND e.account_id = p_id;
  RETURN true;
END
$$;
--> statement-breakpoint
-- Posts transfers, in the order given, each by itself: one that is refused leaves the others alone. One
-- round trip, for a payment alone, for several in the caller's transaction, and for a batch.
--
-- Requests: p_ids, p_hashes, p_kinds, p_refs (what is ended or taken back), p_codes, p_policies, p_expires.
-- Legs of all of them, in order: p_leg_of (1 is the first request), account, debit or not, amount > 0.
-- 'single', 'pending': all legs. 'post': none for the whole reservation, or what is posted of each of its
-- legs; the rest returns. 'void', 'expire', 'reversal': none.
--
-- One row for each request. outcome: posted, repeated (this very request was posted before), or why not,
-- the first that is true of: mismatch, no-reference, already-resolved, already-reversed, expired, not-due,
-- no-account, malformed, frozen, insufficient, over-maximum, over-daily. account and lacks: whose limit, and
-- by how much. What misses a part, is of no kind, has an impossible code, or stands for something else as well
-- is malformed before anything else but a mismatch. No counter passes 2^53 - 1: that too is malformed.
--
-- A request refers to what was in the book before the call, never to another request of the same call.
-- Moments and days of an account never go back: an earlier p_at or p_day counts as the account's last.
-- Lists that do not fit together are the caller's mistake: an exception, and nothing is posted.
--
-- READ COMMITTED is enough: all accounts are locked first, by rank and id, so two calls never wait for each
-- other in a circle, and what is read of them afterwards stays so.
CREATE FUNCTION ledger.post_transfers(
  p_wijk uuid, p_at timestamptz, p_day text,
  p_ids uuid[], p_hashes bytea[], p_kinds text[], p_refs uuid[], p_codes text[], p_policies int[],
  p_expires timestamptz[],
  p_leg_of int[], p_leg_account uuid[], p_leg_debit boolean[], p_leg_amount bigint[]
) RETURNS TABLE (n int, outcome text, account uuid, lacks bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
-- the plan of a table that was small once must not stay; and one payment must not be planned anew each time,
-- which took more than a quarter of its work
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  v_n int := coalesce(cardinality(p_ids), 0);
  -- what is known of each request from the book
  k_hash bytea[]; k_kind text[]; k_expires timestamptz[]; k_taken boolean[];
  -- legs: request, account, index of the account, debit, added to posted, added to pending; bad: no such leg
  l_of int[]; l_acc uuid[]; l_ix int[]; l_debit boolean[]; l_posted bigint[]; l_pending bigint[]; l_bad boolean[];
  l_entry bigint[]; l_balance bigint[]; l_reserved bigint[]; l_expected bigint[]; l_at timestamptz[];
  -- accounts, all locked
  a_id uuid[]; a_dp bigint[]; a_d bigint[]; a_cp bigint[]; a_c bigint[]; a_min bigint[]; a_max bigint[];
  a_minw bigint[]; a_maxw bigint[]; a_daily bigint[]; a_day text[]; a_spent bigint[]; a_frozen boolean[];
  a_version bigint[]; a_at timestamptz[]; a_new bigint[];
  v_out text[] := array_fill(NULL::text, ARRAY[greatest(v_n, 1)]);
  v_acc uuid[] := array_fill(NULL::uuid, ARRAY[greatest(v_n, 1)]);
  v_lacks bigint[] := array_fill(NULL::bigint, ARRAY[greatest(v_n, 1)]);
  v_at timestamptz[] := array_fill(NULL::timestamptz, ARRAY[greatest(v_n, 1)]);
  v_legs int[] := array_fill(0, ARRAY[greatest(v_n, 1)]);
  v_refs boolean := false;
  i int; j int; x int; v_first int; v_last int := 0; v_total int; v_earlier int; v_ended uuid[] := '{}';
  v_sum numeric; v_held numeric; v_new bigint; v_kind text; v_moment timestamptz; v_posts boolean := false;
BEGIN
  IF v_n = 0 THEN RETURN; END IF;
  IF (p_wijk IS NOT NULL AND isfinite(p_at) AND p_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND array_dims(p_ids) = '[1:' || v_n || ']'
      AND array_dims(p_hashes) = array_dims(p_ids) AND array_dims(p_kinds) = array_dims(p_ids)
      AND array_dims(p_refs) = array_dims(p_ids) AND array_dims(p_codes) = array_dims(p_ids)
      AND array_dims(p_policies) = array_dims(p_ids) AND array_dims(p_expires) = array_dims(p_ids)
      AND coalesce(array_dims(p_leg_of), '[1:0]') = '[1:' || coalesce(cardinality(p_leg_of), 0) || ']'
      AND array_dims(p_leg_account) IS NOT DISTINCT FROM array_dims(p_leg_of)
      AND array_dims(p_leg_debit) IS NOT DISTINCT FROM array_dims(p_leg_of)
      AND array_dims(p_leg_amount) IS NOT DISTINCT FROM array_dims(p_leg_of)
      AND 1 <= ALL (coalesce(p_leg_of, '{}')) AND v_n >= ALL (coalesce(p_leg_of, '{}'))) IS NOT TRUE THEN
    RAISE EXCEPTION 'lists of transfers that do not fit together' USING ERRCODE = 'array_subscript_error';
  END IF;
  v_refs := cardinality(array_remove(p_refs, NULL)) > 0;

  -- 1. the legs; of what is ended or taken back they stand in the book, where nothing changes
  IF v_refs THEN
    -- before their legs: of what is seen here the legs are seen below, whoever commits in between
    SELECT array_agg(r.kind ORDER BY q.nr), array_agg(r.expires_at ORDER BY q.nr) INTO k_kind, k_expires
      FROM unnest(p_refs) WITH ORDINALITY AS q(ref, nr)
      LEFT JOIN LATERAL (SELECT r.kind, r.expires_at FROM ledger.transfer r WHERE r.wijk_id = p_wijk AND r.id = q.ref) r ON true;
    SELECT array_agg(w.of), array_agg(w.acc), array_agg(w.debit), array_agg(w.posted), array_agg(w.pending), array_agg(w.bad)
      INTO l_of, l_acc, l_debit, l_posted, l_pending, l_bad
      FROM (
        SELECT g.of, g.acc, g.debit, CASE WHEN p_kinds[g.of] = 'pending' THEN 0 ELSE g.amount END AS posted,
            CASE WHEN p_kinds[g.of] = 'pending' THEN g.amount ELSE 0 END AS pending,
            g.debit IS NULL AS bad, g.nr
          FROM unnest(p_leg_of, p_leg_account, p_leg_debit, p_leg_amount) WITH ORDINALITY AS g(of, acc, debit, amount, nr)
          WHERE p_refs[g.of] IS NULL
        UNION ALL
        SELECT r.of, coalesce(e.account_id, g.acc), coalesce(e.debit, g.debit) <> (r.kind = 'reversal'),
            CASE r.kind WHEN 'post' THEN CASE WHEN r.legs THEN coalesce(g.amount, 0) ELSE e.pending END
              WHEN 'reversal' THEN e.posted ELSE 0 END,
            CASE WHEN r.kind = 'reversal' THEN 0 ELSE -e.pending END,
            e.account_id IS NULL OR (g.nr IS NOT NULL AND (r.kind <> 'post' OR g.amount IS NULL OR g.amount > e.pending)),
            coalesce(g.nr, 0)
          FROM (
            SELECT q.of::int AS of, q.ref, p_kinds[q.of] AS kind, q.of = ANY (p_leg_of) AS legs
            FROM unnest(p_refs) WITH ORDINALITY AS q(ref, of) WHERE q.ref IS NOT NULL
          ) r
          CROSS JOIN LATERAL (
            SELECT * FROM (
              SELECT b.account_id, b.debit, b.posted, b.pending FROM ledger.entry b
              WHERE b.wijk_id = p_wijk AND b.transfer_id = r.ref
            ) b FULL JOIN (
              SELECT h.acc, h.debit AS side, h.amount, h.nr
              FROM unnest(p_leg_of, p_leg_account, p_leg_debit, p_leg_amount) WITH ORDINALITY AS h(of, acc, debit, amount, nr)
              WHERE r.legs AND h.of = r.of
            ) h ON h.acc = b.account_id AND h.side = b.debit
          ) AS m(account_id, debit, posted, pending, acc, side, amount, nr)
          CROSS JOIN LATERAL (SELECT m.account_id, m.debit, m.posted, m.pending) e
          CROSS JOIN LATERAL (SELECT m.acc, m.side AS debit, m.amount, m.nr) g
        ORDER BY 1, 7, 2
      ) w;
  ELSE
    SELECT array_agg(g.of), array_agg(g.acc), array_agg(g.debit),
        array_agg(CASE WHEN p_kinds[g.of] = 'pending' THEN 0 ELSE g.amount END),
        array_agg(CASE WHEN p_kinds[g.of] = 'pending' THEN g.amount ELSE 0 END),
        array_agg(g.debit IS NULL)
      INTO l_of, l_acc, l_debit, l_posted, l_pending, l_bad
      FROM (
        SELECT g.* FROM unnest(p_leg_of, p_leg_account, p_leg_debit, p_leg_amount) WITH ORDINALITY AS g(of, acc, debit, amount, nr)
        ORDER BY g.of, g.nr
      ) g;
  END IF;
  v_total := coalesce(cardinality(l_of), 0);

  -- 2. the accounts, locked
  SELECT array_agg(a.id), array_agg(a.debits_pending), array_agg(a.debits_posted), array_agg(a.credits_pending),
      array_agg(a.credits_posted), array_agg(a.min_balance), array_agg(a.max_balance), array_agg(a.min_wanted),
      array_agg(a.max_wanted), array_agg(a.daily_limit), array_agg(a.spent_day), array_agg(a.spent_today),
      array_agg(a.frozen), array_agg(a.version), array_agg(a.last_at)
    INTO a_id, a_dp, a_d, a_cp, a_c, a_min, a_max, a_minw, a_maxw, a_daily, a_day, a_spent, a_frozen, a_version, a_at
    FROM (
      SELECT * FROM ledger.account a
      WHERE a.wijk_id = p_wijk AND a.id = ANY (l_acc)
      ORDER BY a.rank, a.id FOR NO KEY UPDATE
    ) a;
  a_new := array_fill(0::bigint, ARRAY[greatest(coalesce(cardinality(a_id), 0), 1)]);
  SELECT array_agg(array_position(a_id, u.acc) ORDER BY u.nr) INTO l_ix
    FROM unnest(l_acc) WITH ORDINALITY AS u(acc, nr);
  l_entry := array_fill(NULL::bigint, ARRAY[greatest(v_total, 1)]);
  l_balance := l_entry; l_reserved := l_entry; l_expected := l_entry;

  -- 3. what the book says of them, read behind the locks: whoever was before us has committed
  SELECT array_agg(t.request_hash ORDER BY q.nr), array_agg(coalesce(d.there, false) ORDER BY q.nr)
    INTO k_hash, k_taken
    FROM unnest(p_ids, p_refs, p_kinds) WITH ORDINALITY AS q(id, ref, kind, nr)
    LEFT JOIN LATERAL (SELECT t.request_hash FROM ledger.transfer t WHERE t.wijk_id = p_wijk AND t.id = q.id) t ON true
    LEFT JOIN LATERAL (
      SELECT true AS there WHERE CASE WHEN q.kind = 'reversal'
        THEN EXISTS (SELECT FROM ledger.transfer d WHERE d.wijk_id = p_wijk AND d.reverses_id = q.ref)
        ELSE EXISTS (SELECT FROM ledger.transfer d WHERE d.wijk_id = p_wijk AND d.pending_id = q.ref) END
    ) d ON q.ref IS NOT NULL;

  -- 4. each request, in order
  FOR i IN 1..v_n LOOP
    v_kind := p_kinds[i];
    v_first := v_last + 1;
    WHILE v_last < v_total AND l_of[v_last + 1] = i LOOP v_last := v_last + 1; END LOOP;

    IF k_hash[i] IS NOT NULL THEN
      v_out[i] := CASE WHEN k_hash[i] = p_hashes[i] THEN 'repeated' ELSE 'mismatch' END;
      CONTINUE;
    END IF;
    IF i > 1 THEN
      v_earlier := array_position(p_ids[1:i - 1], p_ids[i]);
      WHILE v_earlier IS NOT NULL AND v_out[v_earlier] IS DISTINCT FROM 'posted' LOOP
        v_earlier := array_position(p_ids[1:i - 1], p_ids[i], v_earlier + 1);
      END LOOP;
      IF v_earlier IS NOT NULL THEN
        v_out[i] := CASE WHEN p_hashes[v_earlier] = p_hashes[i] THEN 'repeated' ELSE 'mismatch' END;
        CONTINUE;
      END IF;
    END IF;

    IF (p_ids[i] IS NOT NULL AND p_hashes[i] IS NOT NULL AND p_codes[i] ~ '^[a-z][a-z-]{1,30}$'
        AND (v_kind IN ('post', 'void', 'expire', 'reversal') OR v_kind IN ('single', 'pending') AND p_refs[i] IS NULL)) IS NOT TRUE THEN
      v_out[i] := 'malformed'; CONTINUE;
    END IF;
    IF v_kind NOT IN ('single', 'pending') THEN
      IF p_refs[i] IS NULL OR k_kind[i] IS NULL
        OR (v_kind = 'reversal') <> (k_kind[i] IN ('single', 'post')) OR (v_kind <> 'reversal') <> (k_kind[i] = 'pending') THEN
        v_out[i] := 'no-reference'; CONTINUE;
      END IF;
      IF k_taken[i] OR p_refs[i] = ANY (v_ended) THEN
        v_out[i] := CASE WHEN v_kind = 'reversal' THEN 'already-reversed' ELSE 'already-resolved' END; CONTINUE;
      END IF;
      IF v_kind = 'post' AND k_expires[i] <= p_at THEN v_out[i] := 'expired'; CONTINUE; END IF;
      IF v_kind = 'expire' AND (k_expires[i] IS NULL OR k_expires[i] > p_at) THEN v_out[i] := 'not-due'; CONTINUE; END IF;
    END IF;

    -- whole, between accounts that exist, and coming to nothing
    v_sum := 0; v_held := 0;
    FOR j IN v_first..v_last LOOP
      IF l_ix[j] IS NULL AND v_out[i] IS NULL THEN v_out[i] := 'no-account'; v_acc[i] := l_acc[j]; END IF;
      IF l_debit[j] THEN v_sum := v_sum - l_posted[j]; v_held := v_held - l_pending[j];
      ELSE v_sum := v_sum + l_posted[j]; v_held := v_held + l_pending[j]; END IF;
    END LOOP;
    IF v_out[i] IS NOT NULL THEN CONTINUE; END IF;
    FOR j IN v_first..v_last LOOP
      x := l_ix[j];
      IF l_bad[j] OR l_posted[j] < 0 OR (v_kind IN ('single', 'pending') AND l_posted[j] + l_pending[j] <= 0)
        OR l_posted[j] + l_pending[j] > 9007199254740991 - (CASE WHEN l_debit[j] THEN a_d[x] + a_dp[x] ELSE a_c[x] + a_cp[x] END)
        OR x = ANY (l_ix[v_first:j - 1]) THEN v_out[i] := 'malformed'; END IF;
    END LOOP;
    IF v_out[i] IS NOT NULL OR v_last - v_first NOT BETWEEN 1 AND 32766 OR v_sum IS DISTINCT FROM 0 OR v_held IS DISTINCT FROM 0 THEN
      v_out[i] := 'malformed'; CONTINUE;
    END IF;

    -- may they
    IF v_kind IN ('single', 'pending', 'post') THEN
      FOR j IN v_first..v_last LOOP
        IF a_frozen[l_ix[j]] AND v_out[i] IS NULL THEN v_out[i] := 'frozen'; v_acc[i] := l_acc[j]; END IF;
      END LOOP;
      IF v_out[i] IS NOT NULL THEN CONTINUE; END IF;
    END IF;
    FOR j IN v_first..v_last LOOP
      x := l_ix[j];
      IF l_debit[j] AND l_posted[j] + l_pending[j] > 0 THEN
        v_new := a_c[x] - a_d[x] - a_dp[x] - l_posted[j] - l_pending[j];
        IF v_new < a_min[x] THEN v_out[i] := 'insufficient'; v_acc[i] := l_acc[j]; v_lacks[i] := a_min[x] - v_new; EXIT; END IF;
      END IF;
    END LOOP;
    IF v_out[i] IS NOT NULL THEN CONTINUE; END IF;
    FOR j IN v_first..v_last LOOP
      x := l_ix[j];
      IF NOT l_debit[j] AND l_posted[j] + l_pending[j] > 0 THEN
        v_new := a_c[x] - a_d[x] + a_cp[x] + l_posted[j] + l_pending[j];
        IF v_new > a_max[x] THEN v_out[i] := 'over-maximum'; v_acc[i] := l_acc[j]; v_lacks[i] := v_new - a_max[x]; EXIT; END IF;
      END IF;
    END LOOP;
    IF v_out[i] IS NOT NULL THEN CONTINUE; END IF;
    -- the limit of a day is about paying: what is settled, returned or melts away is none of its business
    IF v_kind IN ('single', 'pending') AND p_codes[i] IN ('payment', 'order') THEN
      FOR j IN v_first..v_last LOOP
        x := l_ix[j];
        IF l_debit[j] AND a_daily[x] IS NOT NULL THEN
          v_new := CASE WHEN a_day[x] >= p_day THEN a_spent[x] ELSE 0 END + l_posted[j] + l_pending[j];
          IF v_new > a_daily[x] THEN v_out[i] := 'over-daily'; v_acc[i] := l_acc[j]; v_lacks[i] := v_new - a_daily[x]; EXIT; END IF;
        END IF;
      END LOOP;
      IF v_out[i] IS NOT NULL THEN CONTINUE; END IF;
    END IF;

    -- they may: the counters, and what each entry will say
    v_moment := p_at;
    FOR j IN v_first..v_last LOOP v_moment := greatest(v_moment, a_at[l_ix[j]]); END LOOP;
    FOR j IN v_first..v_last LOOP
      x := l_ix[j];
      IF l_debit[j] THEN
        a_d[x] := a_d[x] + l_posted[j]; a_dp[x] := a_dp[x] + l_pending[j];
        IF v_kind IN ('single', 'pending') AND p_codes[i] IN ('payment', 'order') THEN
          a_spent[x] := CASE WHEN a_day[x] >= p_day THEN a_spent[x] ELSE 0 END + l_posted[j] + l_pending[j];
          a_day[x] := greatest(a_day[x], p_day);
        END IF;
      ELSE
        a_c[x] := a_c[x] + l_posted[j]; a_cp[x] := a_cp[x] + l_pending[j];
      END IF;
      -- a limit that waited for the balance to come back
      IF a_min[x] < a_minw[x] THEN a_min[x] := greatest(a_min[x], least(a_minw[x], a_c[x] - a_d[x] - a_dp[x])); END IF;
      IF a_max[x] > a_maxw[x] THEN a_max[x] := least(a_max[x], greatest(a_maxw[x], a_c[x] - a_d[x] + a_cp[x])); END IF;
      a_version[x] := a_version[x] + 1;
      a_new[x] := a_new[x] + 1;
      a_at[x] := v_moment;
      l_entry[j] := a_version[x];
      l_balance[j] := a_c[x] - a_d[x]; l_reserved[j] := a_dp[x]; l_expected[j] := a_cp[x];
    END LOOP;
    v_out[i] := 'posted'; v_at[i] := v_moment; v_legs[i] := v_last - v_first + 1; v_posts := true;
    IF p_refs[i] IS NOT NULL THEN v_ended := v_ended || p_refs[i]; END IF;
  END LOOP;

  -- 5. what is posted goes in, in one statement a table
  IF v_posts THEN
    INSERT INTO ledger.transfer (wijk_id, id, request_hash, kind, pending_id, reverses_id, code, policy_version, legs, expires_at, at)
      SELECT p_wijk, q.id, q.hash, q.kind, CASE WHEN q.kind <> 'reversal' THEN q.ref END,
          CASE WHEN q.kind = 'reversal' THEN q.ref END, q.code, q.policy, q.legs, CASE WHEN q.kind = 'pending' THEN q.expires END, q.at
        FROM unnest(p_ids, p_hashes, p_kinds, p_refs, p_codes, p_policies, p_expires, v_out, v_at, v_legs)
          AS q(id, hash, kind, ref, code, policy, expires, outcome, at, legs)
        WHERE q.outcome = 'posted'
        -- two calls with the same new ids wait for each other's in one order, never in a circle
        ORDER BY q.id;
    INSERT INTO ledger.entry (wijk_id, account_id, version, transfer_id, debit, posted, pending, balance, reserved, expected, at)
      SELECT p_wijk, l.acc, l.entry, p_ids[l.of], l.debit, l.posted, l.pending, l.balance, l.reserved, l.expected, v_at[l.of]
        FROM unnest(l_of, l_acc, l_entry, l_debit, l_posted, l_pending, l_balance, l_reserved, l_expected)
          AS l(of, acc, entry, debit, posted, pending, balance, reserved, expected)
        WHERE l.entry IS NOT NULL;
    UPDATE ledger.account a SET debits_pending = u.dp, debits_posted = u.d, credits_pending = u.cp, credits_posted = u.c,
        min_balance = u.min, max_balance = u.max, spent_day = u.day, spent_today = u.spent, version = u.version, last_at = u.at
      FROM unnest(a_id, a_dp, a_d, a_cp, a_c, a_min, a_max, a_day, a_spent, a_version, a_at, a_new)
        AS u(id, dp, d, cp, c, min, max, day, spent, version, at, new)
      WHERE u.new > 0 AND a.wijk_id = p_wijk AND a.id = u.id;
    IF 'pending' = ANY (p_kinds) THEN
      INSERT INTO ledger.hold (wijk_id, transfer_id, expires_at)
        SELECT p_wijk, q.id, q.expires FROM unnest(p_ids, p_kinds, p_expires, v_out) AS q(id, kind, expires, outcome)
        WHERE q.outcome = 'posted' AND q.kind = 'pending';
    END IF;
    IF v_refs THEN
      DELETE FROM ledger.hold h WHERE h.wijk_id = p_wijk AND h.transfer_id = ANY (v_ended);
    END IF;
  END IF;
  RETURN QUERY SELECT u.nr::int, u.outcome, u.acc, u.lacks
    FROM unnest(v_out, v_acc, v_lacks) WITH ORDINALITY AS u(outcome, acc, lacks, nr) WHERE u.nr <= v_n ORDER BY u.nr;
END
$$;
--> statement-breakpoint
-- The next reservations that have lapsed, for the worker that ends them.
CREATE FUNCTION ledger.lapsed(p_at timestamptz, p_limit int)
RETURNS TABLE (wijk_id uuid, transfer_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT h.wijk_id, h.transfer_id FROM ledger.hold h WHERE h.expires_at <= p_at ORDER BY h.expires_at LIMIT p_limit;
$$;
--> statement-breakpoint
-- Adds a sealed block (W3). The hashes are computed by the caller and checked by whoever verifies; that it
-- follows the last one, and holds the next entries of each account without a gap, is checked here.
CREATE FUNCTION ledger.add_block(
  p_wijk uuid, p_height int, p_previous bytea, p_root bytea, p_hash bytea, p_at timestamptz,
  p_accounts uuid[], p_versions bigint[], p_hashes bytea[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_height int;
  v_hash bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger.block ' || p_wijk::text, 0));
  SELECT b.height, b.hash INTO v_height, v_hash FROM ledger.block b WHERE b.wijk_id = p_wijk ORDER BY b.height DESC LIMIT 1;
  IF p_height <> coalesce(v_height, 0) + 1 OR (v_hash IS NOT NULL AND v_hash <> p_previous) THEN
    RAISE EXCEPTION 'block % does not follow block %', p_height, v_height
      USING ERRCODE = 'check_violation', CONSTRAINT = 'block_follows';
  END IF;
  IF EXISTS (
    SELECT FROM (
      SELECT u.account, min(u.version) AS first, max(u.version) AS last, count(*) AS n
      FROM unnest(p_accounts, p_versions) AS u(account, version) GROUP BY u.account
    ) u
    LEFT JOIN ledger.sealed s ON s.wijk_id = p_wijk AND s.account_id = u.account
    LEFT JOIN ledger.account a ON a.wijk_id = p_wijk AND a.id = u.account
    WHERE u.first <> coalesce(s.version, 0) + 1 OR u.last - u.first + 1 <> u.n OR u.last > coalesce(a.version, 0)
  ) THEN
    RAISE EXCEPTION 'block % leaves out entries', p_height
      USING ERRCODE = 'check_violation', CONSTRAINT = 'block_whole';
  END IF;
  INSERT INTO ledger.block (wijk_id, height, previous, root, hash, entries, sealed_at)
    VALUES (p_wijk, p_height, p_previous, p_root, p_hash, cardinality(p_accounts), p_at);
  INSERT INTO ledger.leaf (wijk_id, height, position, account_id, version, hash)
    SELECT p_wijk, p_height, u.nr, u.account, u.version, u.hash
    FROM unnest(p_accounts, p_versions, p_hashes) WITH ORDINALITY AS u(account, version, hash, nr);
  INSERT INTO ledger.sealed (wijk_id, account_id, version)
    SELECT p_wijk, u.account, max(u.version) FROM unnest(p_accounts, p_versions) AS u(account, version) GROUP BY u.account
    ON CONFLICT (wijk_id, account_id) DO UPDATE SET version = excluded.version;
END
$$;
--> statement-breakpoint
-- Nobody writes but by these functions.
GRANT USAGE ON SCHEMA ledger TO wijk_app, wijk_ledger;
GRANT USAGE ON SCHEMA kernel, wijk TO wijk_ledger;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO wijk_app;
GRANT SELECT (id) ON wijk.wijk TO wijk_ledger;
GRANT CREATE ON SCHEMA ledger TO wijk_ledger;
DO $$
DECLARE
  v record;
BEGIN
  FOR v IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'ledger'::regnamespace AND c.relkind = 'r' LOOP
    EXECUTE format('ALTER TABLE ledger.%I OWNER TO wijk_ledger', v.relname);
  END LOOP;
  FOR v IN SELECT p.oid::regprocedure AS signature FROM pg_proc p WHERE p.pronamespace = 'ledger'::regnamespace LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO wijk_ledger', v.signature);
  END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA ledger FROM wijk_ledger;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  ledger.open_account(uuid, uuid, text, smallint, bigint, bigint, bigint, timestamptz),
  ledger.set_limits(uuid, uuid, bigint, bigint, bigint, timestamptz),
  ledger.set_frozen(uuid, uuid, boolean, timestamptz),
  ledger.post_transfers(uuid, timestamptz, text, uuid[], bytea[], text[], uuid[], text[], int[], timestamptz[],
    int[], uuid[], boolean[], bigint[]),
  ledger.lapsed(timestamptz, int),
  ledger.add_block(uuid, int, bytea, bytea, bytea, timestamptz, uuid[], bigint[], bytea[])
  TO wijk_app;
--> statement-breakpoint
-- Functions of earlier migrations leave pg_temp out of their path, those of the seal among them.
DO $$
DECLARE
  v record;
BEGIN
  FOR v IN SELECT p.oid::regprocedure AS signature FROM pg_proc p WHERE 'search_path=pg_catalog' = ANY (p.proconfig) LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, pg_temp', v.signature);
  END LOOP;
END
$$;
