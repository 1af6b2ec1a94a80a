/** The icon of links: two clusters that call each other. */
export function LinksIcon() {
  return (
    <svg
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="currentColor"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M2 3h8v8H2zM14 13h8v8h-8zM12 6h5v2.5h3l-4 3.5-4-3.5h3V8h-3zM12 16v2H7v-2.5H4L8 12l4 3.5H9V16z" />
    </svg>
  );
}
