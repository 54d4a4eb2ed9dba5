export {
  type Answer,
  cannotBeAsked,
  cannotBeKept,
  fails,
  findsNothing,
  refuses,
  staysSilent,
  succeeds,
  takes,
} from './answers.ts';
export { type Answers, type Scenario, scenario, type Story, type When } from './scenario.ts';
