import { parseArgs } from 'node:util';
import { describeMachine, loadNow } from '../machine.ts';
import { visibleQuestions } from './content.ts';
import { generateQuestions } from './generate.ts';
import { LISTINGS_HEAD, measureListings } from './listings.ts';
import { measureQuality, measureSuggestions, measureThemes } from './quality.ts';
import { describeIndex, measureIndexing, measureSpeed, SPEED_HEAD } from './speed.ts';
import { openStage } from './stage.ts';

const HELP = `pnpm bench:search [--only quality|speed|listings] [--mixed 20000] [--sizes 1000,20000,100000] [--missed 'a|b|c|d odd']`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    mixed: { type: 'string', default: '20000' },
    sizes: { type: 'string', default: '1000,20000,100000' },
    missed: { type: 'string', default: '' },
    help: { type: 'boolean' },
  },
});

async function bench(): Promise<void> {
  const load = loadNow();
  const stage = await openStage();
  const say = (lines: string | string[]) => console.log([lines, ''].flat().join('\n'));
  try {
    const machine = await describeMachine(stage.ownerUrl, load);
    say(
      `${machine.date}, ${machine.cores} cores ${machine.cpu}, Node ${machine.node}, ${machine.postgres}, load ${machine.loadAtStart}, commit ${machine.commit}`,
    );
    const content = visibleQuestions();
    const all = values.only === undefined;
    if (all || values.only === 'quality') {
      const alone = await stage.place('alone', content);
      say(await measureQuality(alone, `${content.length} questions`, values.missed));
      say(await measureSuggestions(alone, content));
      say(await measureThemes(alone, content));
      const others = generateQuestions(Number(values.mixed));
      if (others.length > 0) {
        // among the others, so that no order of rows favours them
        const middle = Math.floor(others.length / 2);
        const mixed = await stage.place('mixed', [
          ...others.slice(0, middle),
          ...content,
          ...others.slice(middle),
        ]);
        say(await measureQuality(mixed, `among ${others.length} others`, values.missed));
      }
    }
    if (all || values.only === 'listings') {
      const rows: string[] = [];
      for (const size of values.sizes.split(',').map(Number)) {
        console.error(`filling ${size} listings`);
        rows.push(await measureListings(await stage.database(`listings_${size}`), size));
      }
      say([...LISTINGS_HEAD, ...rows, '', `load ${loadNow()}`]);
    }
    if (all || values.only === 'speed') {
      const rows: string[] = [];
      for (const size of values.sizes.split(',').map(Number)) {
        console.error(`filling ${size} questions`);
        const place = await stage.place(`speed_${size}`, [
          ...content,
          ...generateQuestions(size - content.length),
        ]);
        rows.push(...(await measureSpeed(place)));
        say([await measureIndexing(place), ...(await describeIndex(place))]);
      }
      say([...SPEED_HEAD, ...rows]);
    }
  } finally {
    await stage.close();
  }
}

if (values.help) console.log(HELP);
else await bench();
