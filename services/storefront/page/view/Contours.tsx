const RINGS = [0, 1, 2, 3, 4, 5, 6];

/** Height lines behind the name, as on a walker's map. Decoration only. */
export function Contours() {
  return (
    <svg class="contours" viewBox="0 0 800 160" preserveAspectRatio="xMaxYMid slice" aria-hidden="true">
      {RINGS.map((ring) => (
        <g key={ring}>
          <ellipse
            cx={600 + ring * 4}
            cy={70 - ring * 2}
            rx={210 - ring * 30}
            ry={104 - ring * 14}
            transform="rotate(-9 600 70)"
          />
          <ellipse
            cx={270 - ring * 3}
            cy={150 + ring}
            rx={180 - ring * 25}
            ry={90 - ring * 12}
            transform="rotate(14 270 150)"
          />
        </g>
      ))}
      <path class="path" d="M60 150C160 90 250 140 340 96S520 120 590 66" />
    </svg>
  );
}
