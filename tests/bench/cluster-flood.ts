import { loadBackground } from '../../src/app/load-background.ts';
import { clusterFlood } from './newsroom-flood.ts';

/** What describeFloods runs for each: the number of articles in, what they cost out, as JSON. */
console.log(JSON.stringify(clusterFlood(Number(process.argv[2]), loadBackground())));
