/** Line drawings of the products, 240 × 180, on no ground: the page gives one that suits day and night. */
const INK = '#1f3a35';
const CLOTH = '#fbf8ee';
const MOSS = '#7fa386';
const RED = '#c0392b';
const OCHRE = '#e0b45c';
const SKY = '#b9cfd6';

/** Lines of one width with round ends; what is filled says so itself. */
function draw(parts: string): string {
  const ground = `<path d="M28 152h184" stroke="${MOSS}" stroke-width="3"/>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 180" width="240" height="180"><g fill="none" stroke="${INK}" ` +
    `stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round">${ground}${parts}</g></svg>`
  );
}

export const DRAWINGS = {
  'tent-2p': draw(
    `<circle cx="186" cy="42" r="13" fill="${OCHRE}"/><path d="M46 150 112 54l82 96z" fill="${CLOTH}"/>` +
      `<path d="M112 54 88 150" /><path d="M112 54c8 34 22 68 40 96H88z" fill="${RED}"/><path d="M118 96c-2 24-2 38 2 54"/>` +
      `<path d="m46 150-14 6M194 150l14 6M112 54l-4-10"/>`,
  ),
  'tent-4p': draw(
    `<path d="m20 118 34-46 26 34 22-26" stroke="${MOSS}"/><path d="M36 150C44 84 82 58 122 58s76 26 84 92z" fill="${CLOTH}"/>` +
      `<path d="M122 58C96 78 84 112 82 150M122 58c26 20 38 54 40 92"/><path d="M104 150c0-30 6-50 18-62 12 12 18 32 18 62z" fill="${MOSS}"/>` +
      `<path d="M122 88v62M122 58V42l16 6-16 6" /><path d="m36 150-12 6M206 150l12 6"/>`,
  ),
  'sleeping-bag': draw(
    `<path d="M62 146c-22-2-30-26-22-48 10-30 38-54 68-56 22-2 36 8 46 24l50 66c6 8 2 14-8 14z" fill="${SKY}"/>` +
      `<ellipse cx="84" cy="86" rx="30" ry="22" transform="rotate(-32 84 86)" fill="${CLOTH}"/><path d="M70 96c8 6 22 0 30-12"/>` +
      `<path d="m104 112 62 30M122 84l60 50" /><path d="M132 58c-6 8-10 14-12 22"/><circle cx="120" cy="80" r="3.5" fill="${RED}"/>`,
  ),
  'sleeping-mat': draw(
    `<path d="M76 150h126c6 0 8-4 6-10l-6-14c-2-4-4-6-10-6H92" fill="${OCHRE}"/><circle cx="72" cy="112" r="38" fill="${CLOTH}"/>` +
      `<path d="M72 112c0-6 8-6 8 0 0 12-18 12-18 0 0-20 28-20 28 0 0 26-38 26-38 0 0-32 44-32 48 0" />` +
      `<path d="M120 132v18M146 126v24M172 124v26"/><path d="M44 86c18 8 36 8 56 0" stroke="${RED}"/>`,
  ),
  headlamp: draw(
    `<path d="M146 92 222 58v74z" fill="${OCHRE}" stroke="none" opacity=".75"/><path d="M44 112c-6-42 30-66 66-58 14 3 24 10 30 20" stroke="${RED}" stroke-width="9"/>` +
      `<path d="M44 112c8 26 40 30 72 18" stroke="${RED}" stroke-width="9"/><rect x="102" y="70" width="44" height="46" rx="10" fill="${CLOTH}"/>` +
      `<circle cx="134" cy="93" r="12" fill="${SKY}"/><path d="M112 80v26M160 84l22-8M162 94h26M160 104l22 8"/>`,
  ),
  stove: draw(
    `<path d="M120 40c18 16 22 30 10 42-2-8-6-12-12-14-2 10-12 12-10 26-18-16-10-36 12-54z" fill="${OCHRE}" stroke="${RED}"/>` +
      `<path d="M70 96h100M78 96l12 12M162 96l-12 12"/><path d="M96 96h48l-8 16h-32z" fill="${CLOTH}"/><path d="M120 112v10" />` +
      `<path d="M90 152c-4 0-6-2-6-8 0-14 14-22 36-22s36 8 36 22c0 6-2 8-6 8z" fill="${MOSS}"/><path d="M84 138h72M132 112h28c4 0 6 2 6 6"/>`,
  ),
  cookset: draw(
    `<path d="M98 40c-6 8 6 12 0 20M120 34c-6 8 6 14 0 24M142 40c-6 8 6 12 0 20" stroke="${MOSS}"/>` +
      `<path d="M66 88h108v48c0 10-6 16-16 16H82c-10 0-16-6-16-16z" fill="${CLOTH}"/><path d="M60 88h120"/><path d="M70 88c4-14 24-20 50-20s46 6 50 20z" fill="${SKY}"/>` +
      `<circle cx="120" cy="64" r="5" fill="${RED}"/><path d="M174 104h20c10 0 10 18 0 18h-20M66 104H46c-10 0-10 18 0 18h20M84 108v26"/>`,
  ),
  'rain-jacket': draw(
    `<path d="m36 44-6 14M62 30l-6 14M204 44l-6 14M184 26l-6 14" stroke="${SKY}"/>` +
      `<path d="M94 56 66 70l-22 66 22 8 14-40v48h80v-48l14 40 22-8-22-66-28-14c-10 12-42 12-52 0z" fill="${OCHRE}"/>` +
      `<path d="M94 56c-4-26 14-32 26-32s30 6 26 32c-10 12-42 12-52 0z" fill="${CLOTH}"/><path d="M120 66v86M92 122h14M134 122h14"/><path d="M80 104l-2-14M160 104l2-14"/>`,
  ),
  'wool-base': draw(
    `<path d="M92 42 62 56 42 118l22 8 14-34v60h84V92l14 34 22-8-20-62-30-14c-8 14-48 14-56 0z" fill="${CLOTH}"/>` +
      `<path d="M92 42c8 20 48 20 56 0" stroke="${RED}" stroke-width="6"/><path d="m80 84 10 9 10-9 10 9 10-9 10 9 10-9 10 9 10-9" stroke="${RED}"/>` +
      `<path d="m80 104 10 9 10-9 10 9 10-9 10 9 10-9 10 9 10-9" stroke="${MOSS}"/><path d="M78 142h84M47 106l21 8M193 106l-21 8"/>`,
  ),
  'hiking-boots': draw(
    `<path d="M74 42h54v44c12 14 38 16 54 26 10 6 14 14 14 24H74z" fill="${OCHRE}"/><path d="M70 136h128v12c0 2-2 4-4 4h-14l-6-6-8 6h-14l-6-6-8 6h-14l-6-6-8 6H96l-6-6-8 6h-8c-2 0-4-2-4-4z" fill="${INK}"/>` +
      `<path d="M70 42h62" stroke-width="8" stroke="${RED}"/><path d="M112 64h20M112 80h20M118 96l18-8M134 106l14-12M74 104c14 0 22 12 22 32M196 132c-12-8-26-8-34 4"/>`,
  ),
  'backpack-50l': draw(
    `<rect x="84" y="32" width="72" height="20" rx="10" fill="${RED}"/><path d="M78 66c0-10 8-14 18-14h48c10 0 18 4 18 14v72c0 10-6 14-14 14H92c-8 0-14-4-14-14z" fill="${MOSS}"/>` +
      `<path d="M74 74c0-14 8-22 20-22h52c12 0 20 8 20 22-14 10-78 10-92 0z" fill="${CLOTH}"/><path d="M102 52v46M138 52v46"/>` +
      `<rect x="92" y="104" width="56" height="34" rx="8" fill="${CLOTH}"/><path d="M92 114h56M78 96c-14 2-18 12-18 26s6 20 18 20M162 96c14 2 18 12 18 26s-6 20-18 20"/>`,
  ),
  thermos: draw(
    `<path d="M172 118c-4 6 4 10 0 16M186 114c-4 6 4 12 0 20" stroke="${MOSS}" transform="translate(0 -34)"/>` +
      `<path d="M88 62h48v78c0 8-4 12-10 12H98c-6 0-10-4-10-12z" fill="${RED}"/><path d="M94 62c0-8 4-10 6-14h24c2 4 6 6 6 14z" fill="${CLOTH}"/>` +
      `<rect x="98" y="28" width="28" height="20" rx="5" fill="${SKY}"/><path d="M88 78h48M88 132h48M100 90v30"/>` +
      `<path d="M160 112h38v28c0 8-4 12-10 12h-18c-6 0-10-4-10-12z" fill="${CLOTH}"/><path d="M198 120h8c8 0 8 18 0 18h-8"/>`,
  ),
} as const;
