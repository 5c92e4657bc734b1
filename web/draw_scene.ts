/**
 * Scenes on a canvas.
 *
 * @module
 */

import type { Paint, Scene, Shape } from "@bellman/dqn/envs";

/**
 * Draws a scene as `sceneToSvg` does, over the whole canvas, at the screen's resolution.
 *
 * @param canvas The canvas, laid out by the page; it takes the scene's description.
 * @param scene The scene, y pointing up.
 */
export function drawScene(canvas: HTMLCanvasElement, scene: Scene): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  canvas.setAttribute("aria-label", scene.description);
  canvas.style.aspectRatio = `${scene.width} / ${scene.height}`;
  const width = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
  const height = Math.max(1, Math.round(width * scene.height / scene.width));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const scale = width / scene.width;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = scene.background;
  context.fillRect(0, 0, width, height);
  context.setTransform(scale, 0, 0, -scale, -scene.x * scale, (scene.y + scene.height) * scale);
  for (const shape of scene.shapes) {
    context.beginPath();
    trace(context, shape);
    paint(context, shape, shape.kind === "line", 1 / scale);
  }
}

function trace(context: CanvasRenderingContext2D, shape: Shape): void {
  switch (shape.kind) {
    case "rectangle": {
      const { x, y, width, height, angle = 0 } = shape;
      context.save();
      context.translate(x, y);
      context.rotate(angle);
      context.rect(-width / 2, -height / 2, width, height);
      context.restore();
      return;
    }
    case "circle":
      return context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
    case "line":
    case "polygon":
      for (let i = 0; i + 1 < shape.points.length; i += 2) {
        context.lineTo(shape.points[i]!, shape.points[i + 1]!);
      }
      if (shape.kind === "polygon") context.closePath();
  }
}

function paint(context: CanvasRenderingContext2D, paint: Paint, round: boolean, pixel: number): void {
  const { fill, stroke, strokeWidth = pixel } = paint;
  if (fill !== undefined) {
    context.fillStyle = fill;
    context.fill();
  }
  if (stroke !== undefined) {
    context.strokeStyle = stroke;
    context.lineWidth = strokeWidth;
    context.lineCap = round ? "round" : "butt";
    context.lineJoin = round ? "round" : "miter";
    context.stroke();
  }
}
