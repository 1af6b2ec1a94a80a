// The layout that tests of every feature may use, wherever it lies.
export { releaseManagerLayout } from '../gitops';
