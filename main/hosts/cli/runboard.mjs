// The command line's door: plain JavaScript that any Node can read, so that a wrong one gets a line instead of a crash.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major !== 24 || minor < 15) {
  process.stderr.write(
    `runboard needs Node 24 (24.15 or newer), this is ${process.versions.node}: run it as \`npm run -s runboard -- …\`, which brings its own\n`,
  );
  process.exit(1);
}

// Keeps what was compiled (types stripped) for the next call.
const { enableCompileCache } = await import('node:module');
enableCompileCache();

const { main } = await import('./program.ts');
await main(process.argv.slice(2));
