import type { Executor } from '@wijk/db/kernel';
import { openAccount, postTransfers, setFrozen, setLimits } from '@wijk/db/ledger';
import type { Leg, TransferRequest } from '@wijk/domain/ledger';

/** Numbers below n, the same for the same seed. */
export function dice(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

/** A book of a wijk in which everything happens that can: payments, reservations, reversals, limits. */
export class BookOfTests {
  readonly members: string[] = [];
  readonly #db: Executor;
  readonly #wijkId: string;
  readonly #roll: (n: number) => number;
  readonly #open: (TransferRequest & { kind: 'pending' })[] = [];
  readonly #paid: string[] = [];
  issuance = '';
  fund = '';
  at: Date;

  constructor(db: Executor, wijkId: string, options: { seed: number; start: Date }) {
    this.#db = db;
    this.#wijkId = wijkId;
    this.#roll = dice(options.seed);
    this.at = options.start;
  }

  /** So many members, with credits to begin with. */
  async open(members: number): Promise<void> {
    const open = async (kind: 'member' | 'fund' | 'issuance', min: number | null) => {
      const id = this.#uuid();
      const limits = { min, max: null, daily: null };
      await openAccount(this.#db, { wijkId: this.#wijkId, id, kind, limits }, this.at);
      return id;
    };
    this.issuance = await open('issuance', null);
    this.fund = await open('fund', 0);
    for (let i = 0; i < members; i += 1) this.members.push(await open('member', -500));
    await this.post(
      ...this.members.map(
        (account): TransferRequest => ({
          id: this.#uuid(),
          kind: 'single',
          code: 'issue',
          policyVersion: 1,
          legs: [
            { account: this.issuance, side: 'debit', amount: 10_000 },
            { account, side: 'credit', amount: 10_000 },
          ],
        }),
      ),
    );
  }

  post(...requests: TransferRequest[]) {
    // the winter time of Amsterdam, in which books of tests play
    const day = new Date(this.at.getTime() + 3_600_000).toISOString().slice(0, 10);
    return postTransfers(this.#db, this.#wijkId, requests, { at: this.at, day });
  }

  /** So many things happen, some seconds after each other. Some are refused. */
  async live(steps: number): Promise<void> {
    for (let i = 0; i < steps; i += 1) {
      this.at = new Date(this.at.getTime() + 1000 * (1 + this.#roll(90)));
      const what = this.#roll(20);
      if (what === 0) await setFrozen(this.#db, this.#wijkId, this.#member(), true, this.at);
      else if (what <= 2)
        for (const id of this.members) await setFrozen(this.#db, this.#wijkId, id, false, this.at);
      else if (what === 3) {
        const limits = {
          min: -this.#roll(900),
          max: this.#roll(3) ? 5000 + this.#roll(9000) : null,
          daily: null,
        };
        await setLimits(this.#db, this.#wijkId, this.#member(), limits, this.at);
      } else await this.#transfer(this.#next());
    }
  }

  /** A reservation that stays open. */
  async reserve(amount: number): Promise<void> {
    const legs: Leg[] = [
      { account: this.issuance, side: 'debit', amount },
      { account: this.fund, side: 'credit', amount },
    ];
    const expiresAt = new Date(this.at.getTime() + 86_400_000);
    await this.post({ id: this.#uuid(), kind: 'pending', code: 'order', legs, expiresAt });
  }

  async #transfer(request: TransferRequest): Promise<void> {
    const [outcome] = await this.post(request);
    if (!outcome?.ok) return;
    if (request.kind === 'pending') this.#open.push(request);
    if (request.kind === 'single' || request.kind === 'post') this.#paid.push(request.id);
  }

  #next(): TransferRequest {
    const id = this.#uuid();
    const held = this.#open.length > 0 && this.#roll(3) > 0;
    if (held) {
      const [pending] = this.#open.splice(this.#roll(this.#open.length), 1);
      if (pending) return this.#end(id, pending);
    }
    if (this.#paid.length > 0 && this.#roll(8) === 0) {
      const [reverses = ''] = this.#paid.splice(this.#roll(this.#paid.length), 1);
      return { id, kind: 'reversal', code: 'correction', reverses };
    }
    const legs = this.#legs();
    if (this.#roll(3) > 0) return { id, kind: 'single', code: 'payment', policyVersion: 1, legs };
    const expiresAt = this.#roll(2) ? null : new Date(this.at.getTime() + 60_000);
    return { id, kind: 'pending', code: 'order', legs, expiresAt };
  }

  #end(id: string, held: TransferRequest & { kind: 'pending' }): TransferRequest {
    const pending = held.id;
    const over = held.expiresAt && held.expiresAt <= this.at;
    if (over) return { id, kind: 'expire', code: 'order', pending };
    if (this.#roll(3) === 0) return { id, kind: 'void', code: 'order', pending };
    if (this.#roll(2) || held.legs.length !== 2)
      return { id, kind: 'post', code: 'order', pending };
    const amount = 1 + this.#roll(held.legs[0]?.amount ?? 1);
    return {
      id,
      kind: 'post',
      code: 'order',
      pending,
      legs: held.legs.map((leg) => ({ ...leg, amount })),
    };
  }

  #legs(): Leg[] {
    const [payer, payee] = [this.#member(), this.#member()];
    const other = payer === payee ? this.issuance : payee;
    const amount = 10 + this.#roll(2000);
    const part = this.#roll(2) ? Math.floor(amount / 10) : 0;
    return [
      { account: payer, side: 'debit', amount },
      { account: other, side: 'credit', amount: amount - part },
      ...(part > 0 ? [{ account: this.fund, side: 'credit', amount: part } as const] : []),
    ];
  }

  #member(): string {
    return this.members[this.#roll(this.members.length)] ?? '';
  }

  /** the same for the same seed, so that a failure is found again */
  #uuid(): string {
    const digits = Array.from({ length: 30 }, () => this.#roll(16).toString(16)).join('');
    return digits.replace(/^(.{8})(.{4})(.{3})(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
  }
}
