import { describe, expect, it } from 'vitest';
import { adminPaths } from './admin/paths.ts';
import { agendaPaths } from './agenda/paths.ts';
import { complaintPaths } from './complaints/paths.ts';
import { deskPaths } from './desk/paths.ts';
import { hoursPaths } from './hours/paths.ts';
import { cardPhoto, marketPaths } from './market/paths.ts';
import { messagePaths } from './messages/paths.ts';
import { orderPaths } from './orders/paths.ts';
import { safeReturn } from './paths.ts';
import { privatePaths } from './private-paths.ts';
import { reviewPaths } from './reviews/paths.ts';
import { treasuryPaths } from './treasury/paths.ts';
import { keepPaths } from './wallet/keep-paths.ts';
import { actionIn, walletPaths } from './wallet/paths.ts';

const ID = '01890000-0000-7000-8000-000000000001';

function all(base: string): Record<string, string> {
  const to = {
    ...adminPaths(base),
    ...deskPaths(base),
    ...privatePaths(base),
    ...walletPaths(base),
  };
  return {
    home: to.home(),
    dailyStatement: to.dailyStatement(),
    'dailyStatement of a day': to.dailyStatement('2026-12-01'),
    dailyStatementJson: to.dailyStatementJson('2026-12-01'),
    checkedBook: to.checkedBook(),
    wallet: to.wallet(),
    'wallet of an organisation': to.wallet(ID),
    walletStatement: to.walletStatement(),
    'walletStatement, filtered': to.walletStatement({
      organisation: ID,
      direction: 'af',
      from: '2026-11-01',
      until: '2026-11-30',
      name: 'Vos & co',
      after: 'abc',
    }),
    walletHolds: to.walletHolds(),
    'walletHolds, further on': to.walletHolds(ID, 'abc'),
    walletPayment: to.walletPayment(ID),
    'walletPayment, just made': to.walletPayment(ID, true),
    send: to.send(`m-${ID}`),
    askFor: to.askFor(null, ID),
    asked: to.asked('abcdefghjk'),
    payCard: to.payCard(),
    pay: to.pay('abcdefghjk'),
    questions: to.questions(),
    'questions, filtered': to.questions({ theme: 'wonen', show: 'open', after: 'abc' }),
    search: to.search(),
    'search, filtered': to.search({ words: 'afval & co', theme: 'wonen', after: 'abc' }),
    found: to.found('0abc12de'),
    deflect: to.deflect('0abc12de'),
    alsoMine: to.alsoMine('0abc12de'),
    ask: to.ask(),
    askBegin: to.askBegin(),
    'question by reference': to.question('0abc12de'),
    question: to.question('0abc12de', 'wie-betaalt-een-traplift'),
    answer: to.answer('0abc12de', 'wie-betaalt-een-traplift', ID),
    askBack: to.askBack('0abc12de', 'wie-betaalt-een-traplift'),
    answerForm: to.answerForm('0abc12de', 'wie-betaalt-een-traplift'),
    flag: to.flag('0abc12de'),
    'flag of an answer': to.flag('0abc12de', ID),
    statement: to.statement(ID),
    signIn: to.signIn(),
    'signIn and back': to.signIn('/vragen/nieuw'),
    code: to.code(),
    signOut: to.signOut(),
    welcome: to.welcome(),
    mine: to.mine(),
    notices: to.notices(),
    mailChoices: to.mailChoices(),
    unsubscribe: to.unsubscribe('token_of-the-mail'),
    unsubscribeChoice: to.unsubscribeChoice('token_of-the-mail'),
    expertLink: to.expertLink('a.token_of-the-mail'),
    expertThanks: to.expertThanks('0abc12de'),
    score: to.score(),
    'score, chosen': to.score({ theme: 'wonen', weeks: 26 }),
    scoreCsv: to.scoreCsv({ theme: 'wonen' }),
    'feed, Atom': to.feeds().atom,
    'feed, JSON': to.feeds().json,
    'feed of a theme': to.feeds('wonen').atom,
    sitemap: to.sitemap(),
    sitemapPages: to.sitemapPages(),
    sitemapQuestions: to.sitemapQuestions(),
    'sitemapQuestions, later': to.sitemapQuestions('abc'),
    desk: to.desk(),
    'desk, filtered': to.desk({ toon: 'te-laat', thema: 'wonen', na: 'abc' }),
    deskQuestion: to.deskQuestion('0abc12de'),
    'deskQuestion, filtered': to.deskQuestion('0abc12de', { toon: 'te-laat' }),
    roster: to.roster(),
    savedAnswers: to.savedAnswers(),
    synonyms: to.synonyms(),
    'synonyms, searched': to.synonyms('huis & arts'),
    deskLog: to.deskLog(),
    'deskLog, earlier': to.deskLog('abc'),
    duty: to.duty(),
    admin: to.admin(),
    exchange: to.exchange(),
    exchangeFile: to.exchangeFile(),
    people: to.people(),
    'people, searched': to.people({ search: 'Henk & co', role: 'expert', after: 'abc' }),
    person: to.person(ID),
    invite: to.invite(),
    roleLog: to.roleLog(),
    invitation: to.invitation(ID),
    testMail: to.testMail(),
    jobs: to.jobs(),
    'jobs, about to throw away': to.jobs(ID),
    wijken: to.wijken(),
    newWijk: to.newWijk(),
    setup: to.setup(),
    'setup of a part': to.setup('belofte'),
    ownPages: to.ownPages(),
    editPage: to.editPage('privacy'),
    'editPage, older': to.editPage('privacy', 2),
    rules: to.rules(),
    mailbox: to.mailbox(),
    'mailbox of one': to.mailbox('henk@voorbeeld.nl'),
    mail: to.mail(ID),
    privacy: to.privacy(),
    accessibility: to.accessibility(),
    about: to.about(),
    preferences: to.preferences(),
    undo: to.undo(),
    ownSide: to.ownSide('0abc12de'),
    askerLook: to.askerLook('0abc12de'),
    twin: to.twin('0abc12de'),
    looks: to.looks(),
    'looks, earlier': to.looks('abc'),
    ...treasuryAddresses(base),
    ...keptAddresses(base),
    ...orderAddresses(base),
    ...agendaAddresses(base),
    ...complaintAddresses(base),
    ...marketAddresses(base),
  };
}

function treasuryAddresses(base: string): Record<string, string> {
  const to = treasuryPaths(base);
  return {
    treasury: to.treasury(),
    proposals: to.proposals(),
    proposal: to.proposal(ID),
    issue: to.issue(),
    reverse: to.reverse(),
    'reverse, found': to.reverse('01890000'),
    programmes: to.programmes(),
    newProgramme: to.newProgramme(),
    programme: to.programme(ID),
    participants: to.participants(ID),
    settlement: to.settlement(ID),
    moneyPolicy: to.moneyPolicy(),
    newMoneyPolicy: to.newMoneyPolicy(),
    circulation: to.circulation('maand'),
    circulationCsv: to.circulationCsv('maand'),
    accounts: to.accounts('noor'),
    account: to.account(ID),
    accountYear: to.accountYear(ID, 2026),
    accountYearCsv: to.accountYearCsv(ID, 2026),
    wijkYear: to.wijkYear(2026),
    wijkYearCsv: to.wijkYearCsv(2026),
    holds: to.holds(),
    'holds, further on': to.holds('abc'),
    verification: to.verification(),
    controlLog: to.controlLog('abc'),
  };
}

function agendaAddresses(base: string): Record<string, string> {
  const to = agendaPaths(base);
  return {
    calendar: to.calendar(),
    addDays: to.addDays(),
    dropDays: to.dropDays(),
    makeFeed: to.makeFeed(),
    dropFeed: to.dropFeed(),
    times: to.times('0abc12de'),
    appointmentFile: to.file('0abc12de'),
    feed: to.feed('abc'),
    askAt: to.askAt('0abc12de', 'kleine-klussen', '2026-12-07T09:00:00.000Z'),
    counterAt: to.counterAt('0abc12de', '2026-12-07T09:00:00.000Z'),
  };
}

function complaintAddresses(base: string): Record<string, string> {
  const to = { ...complaintPaths(base), ...hoursPaths(base) };
  return {
    complaints: to.complaints(),
    complaint: to.complaint('0abc12de'),
    'complaint, an answer': to.complaintAct('0abc12de', 'antwoorden'),
    'newComplaint of an order': to.newComplaint({ order: '0abc12de' }),
    'newComplaint of a provider': to.newComplaint({ provider: `m-${ID}` }),
    masterComplaints: to.masterComplaints(),
    complaintBoard: to.complaintBoard(ID),
    hours: to.hours(),
    logHours: to.logHours(`m-${ID}`),
    fixHours: to.fixHours(ID),
    hoursOverview: to.hoursOverview('2026-Q4'),
    hoursOverviewCsv: to.hoursOverviewCsv('2026-Q4'),
    newPledge: to.newPledge(ID),
    organisationHours: to.organisationHours(ID),
    organisationHoursCsv: to.organisationHoursCsv(ID, '2026-Q4'),
  };
}

function orderAddresses(base: string): Record<string, string> {
  const to = orderPaths(base);
  return {
    orders: to.orders(),
    overOrders: to.overOrders('abc'),
    providerDesk: to.providerDesk(),
    order: to.order('0abc12de'),
    'order, another proposal': to.act('0abc12de', 'voorstel'),
    opening: to.opening('0abc12de', 'kleine-klussen'),
    series: to.series('0abc12de'),
    'series, skip a time': to.seriesAct('0abc12de', 'overslaan', 0),
    'series, stop': to.seriesAct('0abc12de', 'stoppen'),
    masterSeries: to.masterSeries('0abc12de'),
    'masterOrders, series': to.masterOrders('reeksen'),
    masterOrders: to.masterOrders(),
    'masterOrders, stuck': to.masterOrders('vast'),
    masterOrder: to.masterOrder('0abc12de'),
  };
}

function marketAddresses(base: string): Record<string, string> {
  const to = marketPaths(base);
  return {
    review: reviewPaths(base).review('0abc12de'),
    masterReviews: reviewPaths(base).masterReviews(),
    messages: messagePaths(base).messages(),
    conversation: messagePaths(base).conversation('0abc12de'),
    'writeAbout a listing': messagePaths(base).writeAbout({ listing: '0abc12de' }),
    'writeAbout an order': messagePaths(base).writeAbout({ order: '0abc12de' }),
    masterReports: messagePaths(base).masterReports(),
    unmatched: to.unmatched(),
    'unmatched offers': to.unmatched('aanbod'),
    market: to.market(),
    'market, filtered': to.market({
      ...{
        words: 'kraan & co',
        kind: 'aanbod',
        theme: 'klussen',
        from: 'molenwal',
        within: 'lopen',
      },
      ...{ price: 'hooguit', budget: '6', day: '2', language: 'ar', account: 'nee', after: 'abc' },
    }),
    listing: to.listing('0abc12de', 'een-pan-soep'),
    askListing: to.askListing('0abc12de', 'een-pan-soep'),
    'askListing, from a question': to.askListing('0abc12de', 'een-pan-soep', '1abc12de'),
    'listing, from a question': to.listingFrom('0abc12de', 'een-pan-soep', '1abc12de'),
    attach: to.attach('0abc12de', ID),
    'attach, searched': to.attach('0abc12de', ID, 'traplift & co'),
    requestFrom: to.requestFrom('0abc12de'),
    askFrom: to.askFrom('0abc12de'),
    newListing: to.newListing(),
    ownListings: to.ownListings('abc'),
    editListing: to.editListing('0abc12de'),
    listingPhotos: to.listingPhotos('0abc12de'),
    cardPhoto: cardPhoto('molenwijk', ID),
    listingHistory: to.listingHistory('0abc12de'),
    provider: to.provider(`m-${ID}`),
    marketMaster: to.marketMaster(),
    reviewListing: to.reviewListing('0abc12de'),
  };
}

function keptAddresses(base: string): Record<string, string> {
  const to = keepPaths(base);
  return {
    schedules: to.schedules(),
    'schedules of an organisation': to.schedules(ID),
    schedule: to.schedule(ID),
    newSchedule: to.newSchedule(),
    'newSchedule, to somebody': to.newSchedule(`m-${ID}`, ID),
    download: to.download(),
    'download of a period': to.download(ID, { from: '2026-12-01', until: '2026-12-31' }),
    statementCsv: to.statementCsv({ from: '2026-12-01', until: '2026-12-31' }),
    statementPdf: to.statementPdf({ from: '2026-12-01', until: '2026-12-31', organisation: ID }),
    year: to.year(),
    'year of an organisation': to.year(ID, 2026),
    yearCsv: to.yearCsv(null, 2026),
    settlements: to.settlements(ID),
    settlementsCsv: to.settlementsCsv(ID),
    operators: to.operators(ID),
    refund: to.refund(ID),
    organisations: to.organisations(),
    newOrganisation: to.newOrganisation(),
  };
}

describe('addresses of the site', () => {
  it('are the ones that mails, bookmarks and search engines know', () => {
    expect(all('')).toMatchSnapshot();
  });

  it('stand below the prefix of the wijk on a shared host', () => {
    expect(all('/w/molenwijk')).toMatchSnapshot();
  });
});

describe('safeReturn', () => {
  it.each(['/', '/vragen', '/w/molenwijk/vragen/0abc12de/x?y=1'])('keeps %s', (path) => {
    expect(safeReturn(path)).toBe(path);
  });

  it.each([
    '',
    'vragen',
    '//elders.nl',
    '/\\elders.nl',
    'https://elders.nl',
    'javascript:alert(1)',
    '/a\nb',
    '/a\\b',
    `/${'a'.repeat(301)}`,
    null,
    undefined,
  ])('refuses %j', (path) => {
    expect(safeReturn(path)).toBeNull();
  });
});

it('keeps what an address says in the action of its forms, without an earlier action', () => {
  const at = (search: string) => actionIn(new URL(`http://localhost/sturen${search}`), 'bekijk');
  expect(at('')).toBe('?/bekijk');
  expect(at(`?aan=m-${ID}&/zoek=`)).toBe(`?aan=m-${ID}&/bekijk`);
});
