// Plain JavaScript, so that an old Node can still say what is missing.
const needed = 24;
if (Number(process.versions.node.split(".")[0]) < needed) {
  process.stderr.write(
    `Upbeat needs Node ${needed} or newer; this is ${process.version} and there is no bundled one for ${process.platform}-${process.arch}. Get it from https://nodejs.org, then run npm ci again.\n`,
  );
  process.exit(1);
}
