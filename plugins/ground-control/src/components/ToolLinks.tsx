import { Link } from '@backstage/core-components';
import { ToolLink } from '@ground-control/backstage-plugin-ground-control-common';

/** Links of a service and environment to other tools, as configured. */
export function ToolLinks(props: { links: ToolLink[]; label: string }) {
  if (!props.links.length) return null;
  return (
    <ul className="gc-row gc-targets" aria-label={props.label}>
      {props.links.map(link => (
        <li key={`${link.kind} ${link.url}`} data-kind={link.kind}>
          <Link to={link.url}>{link.title}</Link>
        </li>
      ))}
    </ul>
  );
}
