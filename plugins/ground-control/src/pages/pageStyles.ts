import { activityStyles } from '../activity/activityStyles';
import { askStyles } from '../ask/askStyles';
import { auditStyles } from '../audit/auditStyles';
import { boardStyles } from '../board/boardStyles';
import { clusterStyles } from '../clusters/clusterStyles';
import { placeStyles } from '../clusters/placeStyles';
import { stripStyles } from '../clusters/stripStyles';
import { changesStyles } from '../components/changesStyles';
import { gridStyles } from '../components/DataGrid/gridStyles';
import { diffStyles } from '../components/diffStyles';
import { sheetStyles } from '../components/sheetStyles';
import { verdictStyles } from '../components/verdictStyles';
import { findStyles } from '../find/findStyles';
import { linkStyles } from '../links/linkStyles';
import { mapStyles } from '../links/map/mapStyles';
import { matrixStyles } from '../links/matrix/matrixStyles';
import { pairStyles } from '../links/pair/pairStyles';
import { tableStyles } from '../links/tableStyles';
import { policiesStyles } from '../policies/policiesStyles';
import { decisionStyles } from '../requests/decisionStyles';
import { requestStyles } from '../requests/requestStyles';
import { serviceStyles } from '../service/serviceStyles';
import { layoutStyles } from './layoutStyles';

/**
 * All sheets of pages and tabs as one. Much in them is the same, so together
 * they are smaller than apart; and their order, which decides where two of them
 * speak of one element, is always this one.
 */
export const pageStyles = [
  layoutStyles,
  linkStyles,
  stripStyles,
  boardStyles,
  gridStyles,
  activityStyles,
  findStyles,
  serviceStyles,
  clusterStyles,
  placeStyles,
  requestStyles,
  decisionStyles,
  askStyles,
  sheetStyles,
  verdictStyles,
  changesStyles,
  diffStyles,
  policiesStyles,
  auditStyles,
  matrixStyles,
  mapStyles,
  pairStyles,
  tableStyles,
].join('');
