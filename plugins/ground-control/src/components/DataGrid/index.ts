export { DataGrid } from './DataGrid';
export type { DataGridColumn, FocusProps } from './types';
