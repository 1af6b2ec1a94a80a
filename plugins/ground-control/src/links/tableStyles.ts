/** Tables of the pages of links, which are lists of cards where there is no room. */
export const tableStyles = `
.gc-facts-table{width:100%;border-collapse:collapse;background:var(--gc-card);border:1px solid var(--gc-line);border-radius:8px}
.gc-facts-table th,.gc-facts-table td{position:relative;padding:8px;text-align:start;vertical-align:top;border-top:1px solid var(--gc-line);font-weight:400;overflow-wrap:break-word}
.gc-facts-table td{min-width:6rem}
.gc-facts-table tbody th{min-width:9rem;overflow-wrap:anywhere}
.gc-glyphed{display:grid;grid-template-columns:auto minmax(0,1fr);gap:4px}
.gc-glyphed>.gc-glyph{margin-block-start:5px}
.gc-nowrap{white-space:nowrap}
.gc-facts-table thead th{font-weight:600;font-size:.75rem;line-height:1rem;border-top:0}
.gc-facts-table ul{display:flex;flex-direction:column;gap:4px}
.gc-chip.gc-link{border-color:transparent}
.gc-facts-table a{display:inline-block;min-height:24px}
.gc-beside{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,260px);gap:16px;align-items:start}
@media (max-width:1199px){.gc-beside{grid-template-columns:minmax(0,1fr)}}
@media (min-width:900px){.gc-entries{table-layout:fixed}.gc-entries thead th{width:25%}.gc-entries thead th:nth-child(2){width:10%}.gc-entries thead th:last-child{width:16%}}
@media (max-width:899px){
.gc-facts-table,.gc-facts-table tbody{display:block}
.gc-facts-table thead{display:none}
.gc-facts-table tr{display:grid;gap:4px;padding:8px 12px;border-top:1px solid var(--gc-line)}
.gc-facts-table tr:first-child{border-top:0}
.gc-facts-table th,.gc-facts-table td{padding:0;border:0;min-width:0;overflow-wrap:anywhere}
.gc-facts-table td:empty{display:none}
.gc-facts-table td[data-label]::before{content:attr(data-label) " ";font-size:.75rem;color:var(--gc-quiet)}
}
@media (pointer:coarse){.gc-facts-table a{min-height:44px;display:inline-flex;align-items:center}}
`;
