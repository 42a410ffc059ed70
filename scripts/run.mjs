// The one entry of every npm command. This file is kept to what the oldest Node can read, so that it can say what is
// wanted; the rest is in main.mjs.
var WANTED = [20, 19];
var version = process.versions.node.split('.').map(Number);
if (version[0] < WANTED[0] || (version[0] === WANTED[0] && version[1] < WANTED[1])) {
  process.stderr.write(
    'error: Node ' +
      process.versions.node +
      ' is too old; install Node ' +
      WANTED.join('.') +
      ' or newer and try again\n',
  );
  process.exit(1);
}
import('./main.mjs').then((main) => main.run(process.argv.slice(2)));
