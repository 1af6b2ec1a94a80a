export const changesStyles = `
.gc-changes>li{padding:5px 0;border-top:1px solid var(--gc-line);overflow-wrap:anywhere}
.gc-changes>li:first-child{border-top:0}
.gc-changes-more{cursor:pointer;min-height:24px;font-size:.75rem;font-weight:600}
@media (pointer:coarse){.gc-changes-more{min-height:44px;line-height:44px}}
`;
