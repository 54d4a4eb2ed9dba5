export { uuidAt, uuidOf, uuidV7 } from '@counterstep/db/store';
