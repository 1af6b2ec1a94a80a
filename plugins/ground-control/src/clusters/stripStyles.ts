export const stripStyles = `
.gc-root .gc-strip a{color:inherit;text-decoration:none;display:inline-flex;align-items:center;min-height:24px}
.gc-root .gc-strip a:hover .gc-chip{border-color:currentColor}
.gc-strip .gc-some{display:none}
.gc-strip[data-many] .gc-some{display:inline-flex}
.gc-strip[data-many]>[data-live]{display:none}
@media (max-width:599px){.gc-strip>[data-live]{display:none}.gc-strip .gc-some{display:inline-flex}}
@media (pointer:coarse){.gc-root .gc-strip a{min-height:44px}}
`;
