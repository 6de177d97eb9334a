// The door of every command. It must be readable by a Node that is too old, so it imports nothing
// before it has looked, and keeps to what Node 14 understands.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `wijk needs Node 20.19 or newer, and this is Node ${process.versions.node}; see https://nodejs.org.`,
  );
  process.exit(1);
} else {
  import('./run.mjs')
    .then((door) => door.run(process.argv.slice(2)))
    .then(
      (code) => {
        process.exitCode = code;
      },
      (error) => {
        console.error(error?.sentence ? error.sentence : error);
        process.exitCode = 1;
      },
    );
}
