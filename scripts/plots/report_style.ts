/** The style of a report: light and dark, narrow and wide, on a screen and on paper. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--page:#ffffff;--text:#1f2328;--muted:#57606a;--line:#d8dee4;--box:#f6f8fa;--strong:#0b5cad}
@media screen and (prefers-color-scheme:dark){:root{--page:#0d1117;--text:#e6edf3;--muted:#9aa4ae;--line:#30363d;--box:#161b22;--strong:#79b8ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.25rem;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.6rem;line-height:1.25;margin:0}
h2{font-size:1.2rem;margin:2rem 0 .75rem}
h3{font-size:1rem;margin:0 0 .5rem}
p{margin:.25rem 0 .75rem}
.muted,figcaption,dt{color:var(--muted)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0}
.figures div{background:var(--box);border:1px solid var(--line);border-radius:6px;padding:.5rem .75rem}
.figures dt{font-size:.8rem}
.figures dd{margin:0;font-size:1.35rem;font-weight:600;font-variant-numeric:tabular-nums}
.figures small{display:block;font-size:.8rem;font-weight:400;color:var(--muted)}
dl{margin:0}
.pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1.25rem;align-items:start}
.settings{display:grid;grid-template-columns:repeat(auto-fill,minmax(11.5rem,1fr));column-gap:1.25rem;font-size:.85rem}
.settings div{display:flex;justify-content:space-between;gap:.75rem;border-bottom:1px solid var(--line);padding:.1rem 0}
.settings dd{margin:0;font-variant-numeric:tabular-nums;text-align:right;overflow-wrap:anywhere}
figure{margin:0 0 1rem}
section>figure{max-width:38rem}
figure img{display:block;width:100%;height:auto;border:1px solid var(--line);border-radius:6px}
figcaption{font-size:.85rem;margin-top:.25rem}
.wide{overflow-x:auto;margin-bottom:1rem}
.wide svg{display:block;width:100%;height:auto;min-width:34rem}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;min-width:100%}
th,td{padding:.25rem .6rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
th:first-child,td:first-child{text-align:left}
thead th{color:var(--muted);font-weight:400}
.slide{min-width:0;font-size:1rem;margin-bottom:1rem}
.slide td{padding-left:1.5rem;overflow-wrap:anywhere;white-space:normal}
.slide th{font-weight:400}
.slide thead th:last-child{text-align:right}
.cards{margin-bottom:1rem}
.cards thead th{white-space:normal;vertical-align:bottom}
.on-phone{display:none}
.on-phone svg{display:block;max-width:100%;height:auto;margin-bottom:1rem}
.search h2{font-size:1.05rem}
code{font:.85em ui-monospace,monospace;overflow-wrap:anywhere}
.command{display:block;background:var(--box);border:1px solid var(--line);border-radius:6px;padding:.6rem .75rem}
.facts div{display:grid;grid-template-columns:10rem minmax(0,1fr);gap:.75rem;border-bottom:1px solid var(--line);padding:.15rem 0}
.facts dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){body{padding:.9rem}.pair{grid-template-columns:minmax(0,1fr)}.facts div{grid-template-columns:minmax(0,1fr);gap:0}
.on-desk{display:none}.on-phone{display:block}.cards,.cards tbody,.cards tr{display:block}.cards thead{display:none}.cards tr{border:1px solid var(--line);border-radius:6px;margin-bottom:.6rem;padding:.3rem .6rem}
.cards th,.cards td{display:flex;justify-content:space-between;gap:1rem;border:0;padding:.1rem 0;white-space:normal;overflow-wrap:anywhere}
.cards th::before,.cards td::before{content:attr(data-name);color:var(--muted);font-weight:400;white-space:nowrap}}
@media print{@page{size:A4;margin:13mm}body{max-width:none;padding:0;font-size:10.5pt}.pair{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
.settings{grid-template-columns:minmax(0,1fr) minmax(0,1fr);column-gap:1rem;font-size:7.5pt;line-height:1.35}.figures{margin:.5rem 0}h2{margin:.9rem 0 .4rem;break-after:avoid}figure,.wide,.figures div,tr{break-inside:avoid}
.wide{overflow:visible}.wide svg{min-width:0;max-height:80mm}.history svg{max-height:108mm}table{font-size:8pt}th,td{padding:.15rem .35rem}.first{break-after:page}.first:not(:first-child){break-before:page}}
`.trim().replaceAll("\n", "");
