import { describe, expect, it } from 'vitest';
import { adminPaths } from './admin/paths.ts';
import { deskPaths } from './desk/paths.ts';
import { safeReturn } from './paths.ts';

const ID = '01890000-0000-7000-8000-000000000001';

function all(base: string): Record<string, string> {
  const to = { ...adminPaths(base), ...deskPaths(base) };
  return {
    home: to.home(),
    questions: to.questions(),
    'questions, filtered': to.questions({ theme: 'wonen', show: 'open', after: 'abc' }),
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
    desk: to.desk(),
    'desk, filtered': to.desk({ toon: 'te-laat', thema: 'wonen', na: 'abc' }),
    deskQuestion: to.deskQuestion('0abc12de'),
    'deskQuestion, filtered': to.deskQuestion('0abc12de', { toon: 'te-laat' }),
    roster: to.roster(),
    savedAnswers: to.savedAnswers(),
    deskLog: to.deskLog(),
    'deskLog, earlier': to.deskLog('abc'),
    duty: to.duty(),
    admin: to.admin(),
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
