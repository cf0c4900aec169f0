/** How drawn molecules look in a report: the inks of atoms, each readable on the reader's light or dark paper. */
export const drawingCss = `
:root { --nitrogen: #1f4fd0; --oxygen: #c4232b; --sulfur: #8a6d00; --phosphorus: #b35900; --halogen: #14783c; }
@media (prefers-color-scheme: dark) { :root { --nitrogen: #8fb0ff; --oxygen: #ff8f8a; --sulfur: #e3c64f; --phosphorus: #f3a75c; --halogen: #6fd09c; } }
.structures { display: flex; flex-wrap: wrap; gap: 14px 22px; align-items: end; margin: 10px 0 6px 18px; }
.matrix details[open]:has(.structures) { max-width: none; width: min(620px, 80vw); }
figure { margin: 0; max-width: 100%; }
figcaption { color: var(--quiet); font-size: 12px; }
.molecule { display: block; max-width: 100%; height: auto; }
.molecule path { fill: none; stroke: currentColor; }
.molecule path.solid { fill: currentColor; stroke: none; }
.molecule .nitrogen { color: var(--nitrogen); } .molecule .oxygen { color: var(--oxygen); } .molecule .sulfur { color: var(--sulfur); }
.molecule .phosphorus { color: var(--phosphorus); } .molecule .halogen { color: var(--halogen); }
`;
