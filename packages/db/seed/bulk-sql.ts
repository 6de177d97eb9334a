/**
 * Statements of `seedBulk`, in their order. They share the temporary tables below; `h(a, b)` is a
 * cheap number that looks like chance and comes out the same each time.
 */
export const BULK_TABLES = `
create temporary table bulk_given (
  slug text, seed bigint, questions int, open int, answers_each int, now timestamptz
) on commit drop;
create temporary table bulk_asked (
  n bigint primary key, title text, slug text, body text, theme text
) on commit drop;
create temporary table bulk_said (n bigint primary key, body text) on commit drop;

create or replace function pg_temp.h(a bigint, b bigint) returns bigint language sql immutable as $$
  select abs(hashint8extended(a, b) % 1000000007)
$$;
create or replace function pg_temp.v4(word text) returns uuid language sql immutable as $$
  select overlay(overlay(md5(word) placing '4' from 13) placing 'a' from 17)::uuid
$$;
create or replace function pg_temp.v7(at timestamptz, word text) returns uuid language sql stable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
    || '7' || substr(md5(word), 1, 3) || 'a' || substr(md5(word), 5, 15))::uuid
$$;
/** Another reference for another number below 2^40, in Crockford's base 32. */
create or replace function pg_temp.ref(n bigint) returns text language sql immutable as $$
  select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + ((n >> (5 * g)) & 31)::int, 1), ''
    order by g desc)
  from generate_series(0, 7) g
$$;
`;

const NAMES = `
  (array['Anna','Bram','Carla','Dirk','Emine','Frits','Gerda','Hassan','Ilse','Jan','Karin','Lucas',
    'Mieke','Nadia','Otto','Paula','Quinten','Rachida','Simon','Tess'])[1 + (n % 20)]
  || ' ' ||
  (array['Bakker','Jansen','de Vries','van Dijk','Visser','Smit','Meijer','de Boer','Mulder','Bos',
    'Vos','Peters','Hendriks','van Leeuwen','Dekker','Brouwer','de Wit','Dijkstra','Kok','Çelik'])
    [1 + (n / 20) % 20]`;

/** 150 residents who ask, 150 who answer, and twenty experts with two themes each. */
export const BULK_PEOPLE = [
  `create temporary table bulk_wijk on commit drop as
   select w.id as wijk_id, w.time_zone, g.*, p.version, p.term_minutes, p.steps
   from bulk_given g
   join wijk.wijk w on w.slug = g.slug
   join lateral (
     select * from wijk.promise_policy p where p.wijk_id = w.id and p.mode = 'elapsed'
     order by p.version desc limit 1
   ) p on true`,

  `create temporary table bulk_person on commit drop as
   select n, n >= 300 as expert, ${NAMES} as name, g.wijk_id, g.joined_at,
     pg_temp.v7(g.joined_at, g.seed || 'p' || n) as person_id,
     pg_temp.v7(g.joined_at, g.seed || 'm' || n) as id,
     'bulk' || g.seed || '.' || n || '@voorbeeld.example' as email
   from (select *, now - interval '400 days' as joined_at from bulk_wijk) g,
     generate_series(0, 319) n`,
  'create unique index on bulk_person (n)',
  'analyze bulk_person, bulk_asked, bulk_said',

  `insert into identity.person (id, email, name, created_at)
   select person_id, email, name, joined_at from bulk_person`,
  `insert into identity.membership (wijk_id, id, person_id, title, joined_at)
   select wijk_id, id, person_id, case when expert then 'deskundige' end, joined_at from bulk_person`,
  `insert into identity.role_grant (id, wijk_id, person_id, role, valid_from)
   select pg_temp.v7(joined_at, 'g' || id), wijk_id, person_id,
     case when expert then 'expert' else 'resident' end, joined_at
   from bulk_person`,
  `insert into identity.expertise (wijk_id, membership_id, theme, source)
   select p.wijk_id, p.id, t.slug, 'verified'
   from bulk_person p
   join (select *, row_number() over (order by position) - 1 as place, count(*) over () as themes
         from wijk.theme where wijk_id = (select wijk_id from bulk_wijk)) t
     on t.place in (p.n % t.themes, (p.n + 7) % t.themes)
   where p.expert`,
];

export const BULK_QUESTIONS = [
  // Closed ones over the year up to two days ago, open ones within the last twenty hours.
  `create temporary table bulk_question on commit drop as
   select q.*, pg_temp.v4(q.seed || 'q' || q.i) as id,
     case when q.is_open then null
       else q.submitted_at + make_interval(mins => 20 + (pg_temp.h(q.i, 3) % 900)::int) end as kept_at,
     case when q.is_open then null else pg_temp.v7(q.submitted_at, q.seed || 'a' || q.i || '.1') end
       as kept_by,
     extract(isoyear from q.submitted_at at time zone q.time_zone)::smallint as week_year,
     extract(week from q.submitted_at at time zone q.time_zone)::smallint as week,
     a.title, a.slug as words, a.body || E'\\n\\n' || b.body as body, a.theme
   from (
     select g.*, i, i > g.questions - g.open as is_open,
       case when i > g.questions - g.open
         then g.now - interval '20 hours' * (g.questions - i + 0.5) / greatest(g.open, 1)
         else g.now - interval '2 days'
           - interval '363 days' * (g.questions - g.open - i) / greatest(g.questions - g.open, 1)
       end as submitted_at,
       (select count(*) from bulk_asked) as asked
     from bulk_wijk g, generate_series(1, g.questions) i
   ) q
   join bulk_asked a on a.n = pg_temp.h(q.i, q.seed) % q.asked
   join bulk_asked b on b.n = pg_temp.h(q.i, q.seed + 1) % q.asked`,
  'analyze bulk_question',

  `insert into vraagbaak.question (wijk_id, id, ref, slug, title, body, theme, visibility, status,
     submitted_at, answer_count, to_check)
   select wijk_id, id,
     pg_temp.ref((i * 733007751851 + pg_temp.h(seed, 11) * 1009) & 1099511627775),
     words, title, body, theme,
     case when pg_temp.h(i, 5) % 100 < 80 then 'public' when pg_temp.h(i, 5) % 100 < 93 then 'anonymous'
       else 'private' end,
     case when is_open then 'open' when answers_each > 0 then 'answered' else 'open' end,
     submitted_at, case when is_open then 0 else answers_each end, false
   from bulk_question order by i`,

  `select count(sealed.record_author(q.wijk_id, q.id, p.id)::text)
   from bulk_question q join bulk_person p on p.n = pg_temp.h(q.i, 7) % 150`,

  // The first answer is an expert's and keeps the promise; of the others one in three is.
  `insert into vraagbaak.answer (wijk_id, id, question_id, membership_id, author_name, author_title,
     capacity, body, published_at, helpful_at)
   select q.wijk_id, case when k = 1 then q.kept_by
       else pg_temp.v7(q.submitted_at, q.seed || 'a' || q.i || '.' || k) end,
     q.id, p.id, p.name, case when p.expert then 'deskundige' end,
     case when p.expert then 'expert' else 'resident' end, s.body,
     q.kept_at + interval '47 minutes' * (k - 1),
     case when k = 1 and q.i % 3 = 0 then q.kept_at + interval '9 hours' end
   from bulk_question q
   cross join lateral generate_series(1, q.answers_each) k
   join bulk_person p on p.n = case when k = 1 or k % 3 = 0 then 300 + pg_temp.h(q.i, 20 + k) % 20
     else 150 + pg_temp.h(q.i, 20 + k) % 150 end
   join bulk_said s on s.n = pg_temp.h(q.i, 40 + k) % (select count(*) from bulk_said)
   where not q.is_open
   order by q.i, k`,

  `insert into vraagbaak.promise (wijk_id, question_id, policy_version, mode, term_minutes,
     started_at, warn_at, due_at, kept_at, kept_by_answer_id, overdue_at, frozen_outcome,
     frozen_minutes, week_year, week, theme)
   select wijk_id, id, version, 'elapsed', term_minutes, submitted_at,
     submitted_at + make_interval(secs => term_minutes * 45),
     submitted_at + make_interval(mins => term_minutes),
     case when answers_each > 0 then kept_at end, case when answers_each > 0 then kept_by end,
     case when not is_open and (answers_each = 0 or kept_at > due) then due end,
     case when is_open then null when answers_each > 0 and kept_at <= due then 'kept' else 'missed' end,
     case when answers_each > 0 and kept_at <= due
       then round(extract(epoch from kept_at - submitted_at) / 60)::int end,
     week_year, week, theme
   from (select *, submitted_at + make_interval(mins => term_minutes) as due from bulk_question) q
   order by i`,

  `insert into vraagbaak.promise_step (wijk_id, question_id, kind, due_at, done_at)
   select q.wijk_id, q.id, s.kind, s.due_at, case when not q.is_open then s.due_at end
   from bulk_question q
   cross join lateral (
     select step ->> 'kind' as kind,
       q.submitted_at
         + make_interval(secs => q.term_minutes * 0.6 * (step ->> 'atPercent')::int) as due_at
     from jsonb_array_elements(q.steps) step
   ) s
   order by q.i`,

  `insert into vraagbaak.promise_event (wijk_id, id, question_id, kind, at, detail)
   select q.wijk_id, pg_temp.v7(e.at, q.seed || e.kind || q.i), q.id, e.kind, e.at, '{}'
   from bulk_question q
   cross join lateral (values
     ('started', q.submitted_at),
     ('kept', case when q.answers_each > 0 then q.kept_at end),
     ('frozen', case when not q.is_open
       then q.submitted_at + make_interval(mins => q.term_minutes) end)
   ) e (kind, at)
   where e.at is not null
   order by q.i`,
  // Triggers may be switched off here, see `seedBulk`.
  `select count(vraagbaak.refresh_desk(wijk_id, id)::text) from bulk_question where is_open`,
];
