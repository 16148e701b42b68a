/** Tables: figures to the right, quiet rules; on a phone each row stands as a block. */
export const tableRules = `table{border-collapse:collapse;width:100%;margin:1rem 0 0;font-size:.92rem}
caption{overflow-wrap:anywhere;text-align:left;color:var(--muted);font-size:.82rem;padding:0 0 .25rem}
th,td{overflow-wrap:anywhere;text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--muted);font-size:.82rem;font-weight:600;border-bottom-width:2px;white-space:nowrap}
tbody th small{font-weight:400}
tbody th{font-weight:500;min-width:7rem}
thead .n,tbody .n{padding-right:1.5rem}
.n{text-align:right;white-space:nowrap}
.clauses tbody th{font-weight:600;min-width:9rem}
.clauses td:nth-child(4){min-width:9rem;max-width:22rem}
.findings:not(.stateless) td:first-child{color:var(--state);font-weight:600;white-space:nowrap}
.findings tbody th,.brief td:nth-last-child(2){font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.85rem;min-width:14rem}
.findings td+th+td:not(:last-child){min-width:9rem}
.findings td:last-child{min-width:12rem}
.timeline{font-size:.88rem}
.timeline th,.timeline td{padding-block:.25rem}
.timeline tbody th{font-weight:400;white-space:nowrap}
.timeline td:nth-child(4){width:60%}
.timeline thead th:last-child{text-align:right}
.timeline td:last-child{text-align:right;min-width:11rem}
.timeline code{color:var(--muted)}
.effect{white-space:nowrap;color:var(--muted)}
.e-counted{color:var(--text);font-weight:600}
.e-over{color:var(--breached);font-weight:600}
.e-unknown{color:var(--unverified);font-weight:600}
.files tbody th{min-width:12rem}
.plain{width:auto;min-width:50%}
@media screen and (max-width:40rem){
.stacked,.stacked caption,.stacked tbody,.stacked tr,.stacked th,.stacked td{display:block}
.stacked thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stacked tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
.stacked tbody th,.stacked tbody td,.stacked.timeline tbody td{border:0;padding:.05rem 0;text-align:left;white-space:normal;min-width:0;max-width:none;width:auto}
.stacked.timeline td:nth-child(2),.stacked.timeline td:nth-child(3),.stacked.clauses td:nth-child(2),.stacked.clauses td:nth-child(3){display:inline-block;margin-right:.75rem}
.stacked td:empty,.stacked.timeline td:empty,.stacked.clauses td:empty{display:none}
.plain{font-size:.82rem}
}
`
