import { findDistress, hidesItself, judgeSubmission } from '@wijk/domain/vraagbaak';
import { DEFAULT_MODERATION_POLICY } from '@wijk/domain/wijk';
import type { DeskStanding } from '../src/vraagbaak/tables.ts';
import type { AtDesk, DeskOutcome, DeskRows } from './desk-rows.ts';
import { HELD_WORDS } from './morning.ts';
import { LINK_MS, type PlannedAct, type PlannedQuestion } from './plan.ts';
import type { Chance } from './random.ts';
import type { House } from './rows.ts';

/** Lives through what happened to one question at the desk, in order of time, and writes it down. */
export function deskHistory(
  rows: DeskRows,
  plan: PlannedQuestion,
  at: AtDesk,
  house: House,
  chance: Chance,
): DeskOutcome {
  return new DeskHistory(rows, plan, at, house, chance).live();
}

class DeskHistory {
  readonly #rows: DeskRows;
  readonly #plan: PlannedQuestion;
  readonly #at: AtDesk;
  readonly #house: House;
  readonly #chance: Chance;
  readonly #outcome: DeskOutcome;
  #assignment: DeskRows['assignments'][number] | null = null;

  constructor(rows: DeskRows, plan: PlannedQuestion, at: AtDesk, house: House, chance: Chance) {
    this.#rows = rows;
    this.#plan = plan;
    this.#at = at;
    this.#house = house;
    this.#chance = chance;
    const { title, body } = plan.content;
    const urgent = findDistress(`${title}\n${body}`).length > 0;
    this.#outcome = {
      status: 'open',
      moderation: 'shown',
      duplicateOf: null,
      urgentAt: urgent ? plan.submittedAt : null,
      urgentSeenAt: urgent ? at.reputedAt : null,
      editedAt: null,
      deskVersion: 0,
    };
  }

  live(): DeskOutcome {
    const { assignment: planned, acts } = this.#plan;
    const { reputedAt, secondExpertAt } = this.#at;
    this.#screen();
    const happenings: { at: Date; happen: () => void }[] = acts.map((act) => ({
      at: act.at,
      happen: () => this.#act(act),
    }));
    if (planned)
      happenings.push({
        at: planned.assignedAt,
        happen: () => this.#assign(planned.expert, this.#chance.pick(this.#house.editors)),
      });
    if (planned && secondExpertAt && secondExpertAt <= this.#house.now)
      happenings.push({ at: secondExpertAt, happen: () => this.#passOn(secondExpertAt) });
    if (reputedAt) happenings.push({ at: reputedAt, happen: () => this.#answered() });
    for (const { happen } of happenings.sort((a, b) => a.at.getTime() - b.at.getTime())) happen();
    return this.#outcome;
  }

  /** What the application looks for in every text, by the words that this wijk holds. */
  #screen(): void {
    const { title, body } = this.#plan.content;
    const { reasons } = judgeSubmission(
      { text: `${title}\n${body}`, trap: '', seconds: null, newMember: false, recent: [] },
      { ...DEFAULT_MODERATION_POLICY, holdWords: HELD_WORDS },
    );
    const [reason] = reasons;
    if (!reason) return;
    this.#outcome.moderation = 'held';
    this.#decide('held', reason, '', null, this.#plan.submittedAt);
  }

  #act(act: PlannedAct): void {
    const { wijkId, membershipOf } = this.#house;
    const { questionId } = this.#at;
    const id = this.#chance.uuidAt(act.at);
    switch (act.kind) {
      case 'ask-back':
        this.#rows.askBacks.push({
          wijkId,
          id,
          questionId,
          askedBy: membershipOf(act.by),
          askedAt: act.at,
          body: act.body,
        });
        this.#record('ask-back', membershipOf(act.by), act.at, {}, id);
        break;
      case 'reply': {
        const asked = this.#rows.askBacks.at(-1);
        if (asked) Object.assign(asked, { reply: act.body, endedAt: act.at, endReason: 'replied' });
        break;
      }
      case 'flag':
        this.#rows.flags.push({
          wijkId,
          id,
          questionId,
          answerId: null,
          membershipId: membershipOf(act.by),
          reason: act.reason,
          note: act.note ?? '',
          at: act.at,
        });
        this.#hideIfFlaggedEnough(act.at);
        break;
      case 'remove': {
        const by = membershipOf(act.by);
        const decision = this.#decide('removed', act.reason, act.message, by, act.at);
        this.#record('remove', by, act.at, { status: 'removed' }, decision);
        break;
      }
      case 'appeal': {
        const decisionId = this.#rows.decisions.at(-1)?.id ?? '';
        const { body, at } = act;
        this.#rows.appeals.push({ wijkId, id, decisionId, questionId, body, at });
        break;
      }
      case 'edit':
        this.#revise(id, 'edited', act.by, act);
        this.#record('edit', membershipOf(act.by), act.at, {}, id);
        break;
      case 'edit-by-asker':
        this.#revise(id, 'by-asker', null, act);
        break;
      case 'redact': {
        const by = membershipOf(act.by);
        this.#revise(id, 'redacted', act.by, act);
        const decision = this.#decide('redacted', act.reason, act.message, by, act.at);
        this.#record('redact', by, act.at, {}, decision);
        break;
      }
      case 'duplicate': {
        const place = { status: 'duplicate', duplicateOf: this.#at.originalOf(act.of) } as const;
        this.#record('duplicate', membershipOf(act.by), act.at, place);
        break;
      }
    }
  }

  #hideIfFlaggedEnough(at: Date): void {
    const open = this.#rows.flags.filter(({ questionId }) => questionId === this.#at.questionId);
    if (this.#outcome.moderation !== 'shown') return;
    if (!hidesItself(open, DEFAULT_MODERATION_POLICY.autoHideAt)) return;
    this.#decide('hidden', 'flags', '', null, at);
    this.#outcome.moderation = 'hidden';
  }

  #assign(expert: string, by: string): void {
    const { assignment: planned } = this.#plan;
    if (!planned) return;
    const row = this.#ask(expert, by, planned.assignedAt);
    row.note = planned.note;
    if (planned.mailRefused) row.mailRefusedAt = new Date(planned.assignedAt.getTime() + 40_000);
    this.#record('assign', by, planned.assignedAt, {}, row.id, row);
  }

  /** The next of the theme's experts whom nobody asked yet, as the application finds them. */
  #passOn(at: Date): void {
    const { expertsOf, membershipOf } = this.#house;
    if (!this.#assignment || this.#outcome.status !== 'open') return;
    const asked = this.#assignment.membershipId;
    const next = expertsOf(this.#plan.content.theme).find(
      (name) => membershipOf(name) !== asked && name !== this.#plan.asker,
    );
    if (!next) return;
    Object.assign(this.#assignment, { endedAt: at, endReason: 'passed-on' });
    this.#assignment = this.#ask(next, null, at);
    this.#outcome.deskVersion += 1;
  }

  #ask(expert: string, assignedBy: string | null, assignedAt: Date) {
    const { wijkId, membershipOf } = this.#house;
    const row: DeskRows['assignments'][number] = {
      wijkId,
      id: this.#chance.uuidAt(assignedAt),
      questionId: this.#at.questionId,
      membershipId: membershipOf(expert),
      assignedBy,
      assignedAt,
      linkExpiresAt: new Date(assignedAt.getTime() + LINK_MS),
    };
    this.#rows.assignments.push(row);
    return row;
  }

  #answered(): void {
    this.#outcome.status = 'answered';
    const asked = this.#assignment;
    const answeredAt = asked && this.#at.answeredBy.get(asked.membershipId);
    if (!answeredAt) return;
    const linkUsedAt = this.#chance.percent(60) ? answeredAt : null;
    Object.assign(asked, { endedAt: answeredAt, endReason: 'answered', linkUsedAt });
    this.#assignment = null;
  }

  #revise(
    id: string,
    kind: 'edited' | 'redacted' | 'by-asker',
    editor: string | null,
    act: PlannedAct & { kind: 'edit' | 'edit-by-asker' | 'redact' },
  ): void {
    const { title, body, theme } = { ...this.#plan.content, ...act.before };
    const editorId = editor === null ? null : this.#house.membershipOf(editor);
    const of = { wijkId: this.#house.wijkId, id, questionId: this.#at.questionId };
    this.#rows.revisions.push({ ...of, kind, editorId, title, body, theme, at: act.at });
    this.#outcome.editedAt = act.at;
  }

  #decide(
    kind: 'held' | 'hidden' | 'removed' | 'redacted',
    reason: string,
    message: string,
    by: string | null,
    at: Date,
  ): string {
    const id = this.#chance.uuidAt(at);
    const of = { wijkId: this.#house.wijkId, id, questionId: this.#at.questionId };
    const decided = { kind, reason, message, automated: by === null, decidedBy: by, at };
    this.#rows.decisions.push({ ...of, ...decided });
    return id;
  }

  /** The audit row of an action, and what it makes of the question. */
  #record(
    kind: string,
    actorId: string,
    at: Date,
    after: Partial<Pick<DeskOutcome, 'status' | 'duplicateOf'>>,
    subjectId: string | null = null,
    asked: DeskRows['assignments'][number] | null = this.#assignment,
  ): void {
    const before = this.#standing();
    Object.assign(this.#outcome, after);
    this.#assignment = asked;
    this.#outcome.deskVersion += 1;
    this.#rows.actions.push({
      wijkId: this.#house.wijkId,
      id: this.#chance.uuidAt(at),
      questionId: this.#at.questionId,
      actorId,
      kind,
      subjectId,
      before,
      after: this.#standing(),
      at,
    });
  }

  #standing(): DeskStanding {
    const { status, moderation, duplicateOf, deskVersion } = this.#outcome;
    return {
      claimBy: null,
      claimUntil: null,
      assignmentId: this.#assignment?.id ?? null,
      assignedTo: this.#assignment?.membershipId ?? null,
      status,
      moderation,
      duplicateOf,
      deskVersion,
    };
  }
}
