import { readFileSync } from 'node:fs';

const file = process.env.BENCH_QUESTION;
const question = file ? JSON.parse(readFileSync(file, 'utf8')) : {};

/** As much text as a question of ours, from memory and without anything around it. */
export const load = async () => ({ question });
