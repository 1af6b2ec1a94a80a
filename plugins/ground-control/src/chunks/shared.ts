import { ANNOTATION_SERVICE } from '@ground-control/backstage-plugin-ground-control-common';
import { decideReadiness } from '../ask/decideReadiness';
import { DecidesLine } from '../ask/DecidesLine';
import { DiffFold } from '../ask/DiffFold';
import { Option } from '../ask/Option';
import { PreviewFrame } from '../ask/PreviewFrame';
import { ReasonField } from '../ask/ReasonField';
import { SendButton } from '../ask/SendButton';
import { useSending } from '../ask/useSending';
import { WaitingRequests } from '../ask/WaitingRequests';
import { BoardCellContent } from '../board/BoardCellContent';
import { CONNECTION_GLYPHS } from '../clusters/connectionGlyphs';
import { isHeard } from '../clusters/isHeard';
import { ServiceClusterLine } from '../clusters/ServiceClusterLine';
import { ChangesList } from '../components/ChangesList';
import { ClusterChips } from '../components/ClusterChips';
import { KeysHelp } from '../components/KeysHelp';
import { LiveState } from '../components/LiveState';
import { MoreButton } from '../components/MoreButton';
import { REPOSITORY_GLYPHS } from '../components/repositoryGlyphs';
import { RequestStateGlyph } from '../components/RequestStateGlyph';
import { ScopeFields } from '../components/ScopeFields';
import { SideSheet } from '../components/SideSheet';
import { TextField } from '../components/TextField';
import { FilterChips } from '../components/FilterChips';
import { VerdictTiles } from '../components/VerdictTiles';
import { useEntityBoard } from '../entity/useEntityBoard';
import { useElementWidth } from '../hooks/useElementWidth';
import { useFormAddress } from '../hooks/useFormAddress';
import { usePages } from '../hooks/usePages';
import { usePageTitle } from '../hooks/usePageTitle';
import { usePreview } from '../hooks/usePreview';
import { useSearchText } from '../hooks/useSearchText';
import { useTextScale } from '../hooks/useTextScale';
import { useUrlState } from '../hooks/useUrlState';
import { copyText } from '../lib/copyText';
import { findBefore } from '../lib/findBefore';
import { shownState } from '../lib/shownState';
import { hasState } from '../lib/stateMask';
import { parseSquad } from '../lib/urlState';
import { MainLandmark } from '../pages/MainLandmark';
import { PageHeading } from '../pages/PageHeading';
import { TabStrip } from '../pages/TabStrip';
import { ProblemList } from '../service/ProblemList';

/** The way to the pages comes with what they are made of. */
export { ReleasesRouter } from '../pages/ReleasesRouter';

/**
 * What pages of several chunks are made of. Each of those chunks names it, so
 * that bundlers make one file of it: one to load instead of a dozen, and
 * smaller than they are, because what repeats is compressed together.
 */
export const shared = [
  ANNOTATION_SERVICE,
  BoardCellContent,
  ChangesList,
  ClusterChips,
  CONNECTION_GLYPHS,
  copyText,
  decideReadiness,
  DecidesLine,
  DiffFold,
  findBefore,
  hasState,
  isHeard,
  KeysHelp,
  LiveState,
  MainLandmark,
  MoreButton,
  Option,
  PageHeading,
  parseSquad,
  PreviewFrame,
  ProblemList,
  ReasonField,
  REPOSITORY_GLYPHS,
  RequestStateGlyph,
  ScopeFields,
  SendButton,
  ServiceClusterLine,
  shownState,
  SideSheet,
  TabStrip,
  TextField,
  FilterChips,
  useElementWidth,
  useEntityBoard,
  useFormAddress,
  usePages,
  usePageTitle,
  usePreview,
  useSearchText,
  useSending,
  useTextScale,
  useUrlState,
  VerdictTiles,
  WaitingRequests,
];
