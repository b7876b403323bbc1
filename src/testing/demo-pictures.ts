/** Pictures drawn here, so that no demo needs a network. */
const WALLS: Readonly<Record<string, readonly [wall: string, floor: string]>> = {
  kitchen: ['#cdbb9f', '#8c7355'],
  north: ['#c9d3d6', '#8a7a66'],
  east: ['#d8cdb8', '#94795a'],
  south: ['#cfd6c4', '#7f6a4f'],
  west: ['#dcc8bd', '#8c7355'],
};

/** A room with a window, as an address. */
export function drawing(name: string): string {
  const [wall, floor] = WALLS[name] ?? ['#cdbb9f', '#8c7355'];
  const svg =
    `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 200' width='960' height='600'><rect width='320' height='200' fill='${wall}'/>` +
    `<rect x='110' y='30' width='100' height='70' fill='#efe9dd'/><path d='M160 30v70M110 65h100' stroke='${wall}' stroke-width='4'/>` +
    `<rect y='130' width='320' height='70' fill='${floor}'/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
