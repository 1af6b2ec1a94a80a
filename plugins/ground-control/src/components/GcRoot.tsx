import { ReactNode } from 'react';
import { Theme, useTheme } from '@material-ui/core/styles';
import { useStyleSheet } from '../hooks/useStyleSheet';
import { baseStyles } from './baseStyles';

/** The root of everything that the plugin draws: colours and type start here. */
export function GcRoot(props: { className?: string; children: ReactNode }) {
  useStyleSheet('base', baseStyles);
  const theme = useTheme<Partial<Theme> | null>();
  return (
    <div
      className={props.className ? `gc-root ${props.className}` : 'gc-root'}
      data-gc-theme={theme?.palette?.type}
    >
      {props.children}
    </div>
  );
}
