export { uuidOf, uuidV7 } from '@counterstep/db/store';
