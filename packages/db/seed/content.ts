import { readFileSync } from 'node:fs';

export interface ContentAnswer {
  role: 'expert' | 'redactie' | 'bewoner';
  /** name and function: 'Joost Kramer, Wmo-consulent' */
  by: string;
  body: string;
  /** the asker says that it helped */
  helpful: boolean;
}

export interface ContentQuestion {
  id: string;
  theme: string;
  title: string;
  body: string;
  visibility: 'public' | 'anonymous' | 'private';
  answers: ContentAnswer[];
  tags: string[];
}

export interface ContentPerson {
  id: string;
  name: string;
  kind: 'person' | 'organisation';
  /** Dutch names of roles, as in the glossary */
  roles: string[];
  /** finer than the themes of the wijk */
  themes: string[];
  about: string;
}

export interface ContentSavedAnswer {
  title: string;
  body: string;
  use: 'answer' | 'ask-back' | 'removal';
  theme: string | null;
}

export function readQuestions(): ContentQuestion[] {
  return [...readLines<ContentQuestion>('vragen-a'), ...readLines<ContentQuestion>('vragen-b')];
}

export function readSavedAnswers(): ContentSavedAnswer[] {
  return readLines<ContentSavedAnswer>('bewaarde-teksten');
}

export function readPeople(): ContentPerson[] {
  return readLines<ContentPerson>('mensen').filter((person) => person.kind === 'person');
}

function readLines<T>(name: string): T[] {
  return readFileSync(new URL(`./content/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
