import { ToolLink } from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from './PortalLink';

/** Links of a service and environment to other tools, as configured. */
export function ToolLinks(props: { links: ToolLink[]; label: string }) {
  if (!props.links.length) return null;
  return (
    <ul className="gc-row gc-targets" aria-label={props.label}>
      {props.links.map(link => (
        <li key={`${link.kind} ${link.url}`} data-kind={link.kind}>
          <PortalLink to={link.url}>{link.title}</PortalLink>
        </li>
      ))}
    </ul>
  );
}
