/** The plugin's icon: a step up to the next environment. */
export function ReleasesIcon() {
  return (
    <svg
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="currentColor"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M3 17h5v4H3zM9.5 11h5v10h-5zM16 5h5v16h-5zM3.7 12.3L11 5H7V3h7.4v7.4h-2v-4l-7.3 7.3z" />
    </svg>
  );
}
