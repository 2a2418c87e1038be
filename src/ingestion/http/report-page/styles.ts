import { createHash } from 'node:crypto';

/** The page's only stylesheet; no font, image or script comes from anywhere. */
export const STYLES = `
:root{--ink:#17212b;--quiet:#5c6b7a;--line:#d9e0e7;--paper:#fff;--wash:#f4f7fa;--good:#1f7a4d;--warn:#b26a00;--bad:#b3261e;
--inserted:#1f6fb2;--updated:#6a4fb3;--unchanged:#b9c6d3;--duplicates:#d9a441;--quarantined:#c0392b}
*{box-sizing:border-box}
body{margin:0;background:var(--wash);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:1080px;margin:0 auto;padding:28px 24px 48px}
h1{font-size:26px;line-height:1.2;margin:0 0 4px}
h2{font-size:18px;margin:0 0 4px}
h3{font-size:15px;margin:18px 0 4px}
p{margin:4px 0 10px}
a{color:#1a5f9e}
code{font:13px ui-monospace,"DejaVu Sans Mono",monospace}
.quiet{color:var(--quiet)}
header.top{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:baseline;justify-content:space-between}
.pill{display:inline-block;padding:2px 12px;border-radius:999px;font-weight:600;font-size:13px;color:#fff;background:var(--quiet)}
.pill.good{background:var(--good)}.pill.warn{background:var(--warn)}.pill.bad{background:var(--bad)}
section{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:18px 20px;margin-top:16px}
.note{border-left:5px solid var(--warn)}.note.bad{border-left-color:var(--bad)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:12px;margin-top:16px}
.tile{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:12px 14px}
section .tile{background:var(--wash)}
.tile b{display:block;font-size:24px;line-height:1.15;font-variant-numeric:tabular-nums}
.tile span{color:var(--quiet);font-size:13px}
.tile.bad b{color:var(--bad)}.tile.good b{color:var(--good)}
.lists{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(430px,100%),1fr));gap:0 32px}
.lists td{padding:4px 8px}.lists td:nth-child(n+3){white-space:nowrap}
table{width:100%;border-collapse:collapse;margin-top:8px;font-size:14px}
th{text-align:left;color:var(--quiet);font-weight:600;font-size:12.5px;border-bottom:1px solid var(--line);padding:4px 8px;vertical-align:bottom}
td{border-bottom:1px solid var(--line);padding:6px 8px;vertical-align:top}
tr:last-child td{border-bottom:0}
tr.sum td{font-weight:600;border-top:2px solid var(--line)}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.zero{color:#a9b4bf}
.wide{overflow-wrap:anywhere}
svg.stack{width:100%;min-width:120px;height:12px;display:block;margin-top:5px;border-radius:3px}
svg.bar{width:100%;min-width:110px;height:12px;display:block;margin-top:5px}
.track{fill:#e8edf2}.mark{fill:var(--ink)}
.inserted{fill:var(--inserted)}.updated{fill:var(--updated)}.unchanged{fill:var(--unchanged)}.duplicates{fill:var(--duplicates)}
.quarantined,.fill-bad{fill:var(--quarantined)}.fill-good{fill:var(--good)}.fill-warn{fill:var(--warn)}.fill-plain{fill:#7d93a8}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:13px;color:var(--quiet);margin-top:8px}
.legend svg{width:11px;height:11px;margin-right:5px;vertical-align:-1px}
.reason{display:grid;grid-template-columns:minmax(220px,1.1fr) 90px 2fr;gap:4px 18px;align-items:center;padding:12px 0 4px;border-top:1px solid var(--line)}
.reason:first-of-type{border-top:0}
.examples{margin:0 0 8px}
.examples td{font-size:13px;padding:3px 8px}
footer{color:var(--quiet);font-size:13px;margin-top:18px}
@media(max-width:700px){main{padding:16px 12px}.reason{grid-template-columns:1fr 80px}.reason svg{display:none}section{overflow-x:auto}}
@page{size:A4;margin:14mm}
@media print{body{background:#fff;font-size:11px;-webkit-print-color-adjust:exact;print-color-adjust:exact}main{max-width:none;padding:0}
section,.tile{border-color:#bbb;break-inside:avoid-page}section.long{break-inside:auto}tr,.reason,.examples{break-inside:avoid}h2,h3{break-after:avoid}
table{font-size:10.5px}.examples td{font-size:10px}.tile b{font-size:18px}a{color:inherit;text-decoration:none}.screen{display:none}}
`;

/** Nothing may be loaded or run but this stylesheet: text of a workbook that slipped through would still do nothing. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLES, 'utf8').digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
