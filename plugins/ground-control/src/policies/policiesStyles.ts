export const policiesStyles = `
.gc-policies-scroll{overflow-x:auto;background:var(--gc-card);border:1px solid var(--gc-line);border-radius:8px}
.gc-policies{width:100%;border-collapse:collapse}
.gc-policies th,.gc-policies td{padding:6px 12px;text-align:start;vertical-align:top;border-top:1px solid var(--gc-line);font-weight:400;min-width:9rem}
.gc-policies thead th{border-top:0;font-weight:600}
.gc-policies p,.gc-policy-text{overflow-wrap:anywhere}
.gc-policy-text{white-space:pre-wrap}
.gc-root .gc-policy-fields{border:1px solid var(--gc-line);border-radius:6px;margin:0;padding:8px 12px;min-width:0;display:flex;flex-direction:column;gap:8px}
.gc-policy-fields>legend{font-weight:600;padding:0 4px}
.gc-policy-grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(190px,100%),1fr));gap:8px 12px}
.gc-policy-grid .gc-input,.gc-policy-grid .gc-select{width:100%}
.gc-field [aria-invalid=true]{border-color:var(--gc-bad)}
.gc-policy-now>summary{cursor:pointer;min-height:24px;font-size:.75rem;font-weight:600}
.gc-policy-days>label{display:inline-flex;align-items:center;gap:4px;min-height:24px;cursor:pointer}
.gc-policy-days input{width:16px;height:16px;margin:0;accent-color:var(--gc-focus)}
@media (pointer:coarse){.gc-policy-now>summary,.gc-policy-days>label{min-height:44px}}
`;
