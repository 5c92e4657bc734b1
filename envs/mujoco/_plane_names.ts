/** The names of the observations of a body that moves in a plane, with joints: positions from the height on, then velocities. */
export function planeNames(body: string, joints: readonly string[]): string[] {
  return [
    `height of the ${body} (m)`,
    `angle of the ${body} (rad)`,
    ...joints.map((joint) => `angle of the ${joint} (rad)`),
    "forward velocity (m/s)",
    "upward velocity (m/s)",
    `angular velocity of the ${body} (rad/s)`,
    ...joints.map((joint) => `angular velocity of the ${joint} (rad/s)`),
  ];
}
