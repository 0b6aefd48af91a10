// A box to sign in, with a pen, a finger or a mouse. The strokes stay here until Sign is pressed; Clear forgets them.
// Who cannot draw signs by typing their name: the page offers that beside the pad.
"use strict";
const WIDE = 600; // the pad's own units, as generator/signing/ink.py has them
const HIGH = 200;
const MOST_POINTS = 5500;
const PEN = 5;

function begin(root) {
  const canvas = root.querySelector("canvas");
  const said = root.querySelector("[role=status]");
  const pen = canvas.getContext("2d");
  const pad = { strokes: [], words: {}, sign: () => {} };
  let stroke = null;
  let pointer = null;
  let hasPen = false;

  const points = () => pad.strokes.reduce((sum, one) => sum + one.length, 0);
  const show = () => {
    const scale = (canvas.clientWidth || WIDE) / WIDE;
    const dense = window.devicePixelRatio || 1;
    canvas.width = Math.round(WIDE * scale * dense);
    canvas.height = Math.round(HIGH * scale * dense);
    pen.scale(scale * dense, scale * dense);
    pen.lineCap = pen.lineJoin = "round";
    pen.lineWidth = PEN;
    for (const one of pad.strokes) {
      pen.beginPath();
      pen.moveTo(...one[0]);
      for (const point of one.length > 1 ? one.slice(1) : one) pen.lineTo(...point);
      pen.stroke();
    }
  };
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    const within = (value, most) => Math.round(Math.min(Math.max(value, 0), most));
    return [
      within(((event.clientX - box.left) / box.width) * WIDE, WIDE),
      within(((event.clientY - box.top) / box.height) * HIGH, HIGH),
    ];
  };
  const follow = (event) => {
    for (const one of event.getCoalescedEvents?.() ?? [event]) {
      const point = place(one);
      const last = stroke[stroke.length - 1];
      if (points() < MOST_POINTS && Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) > 1) stroke.push(point);
    }
    show();
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || pointer !== null) return;
    if (event.pointerType === "touch" && hasPen) return; // the hand that holds the pen
    hasPen ||= event.pointerType === "pen";
    event.preventDefault();
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    stroke = [place(event)];
    pad.strokes.push(stroke);
    said.textContent = "";
    show();
  });
  canvas.addEventListener("pointermove", (event) => event.pointerId === pointer && follow(event));
  const lift = (event) => {
    if (event.pointerId !== pointer) return;
    pointer = stroke = null;
    canvas.setAttribute("aria-label", `${pad.words.box} ${pad.words.drawn}`);
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  new ResizeObserver(show).observe(canvas);

  const clear = (words) => {
    pad.strokes = [];
    canvas.setAttribute("aria-label", `${pad.words.box} ${pad.words.empty}`);
    said.textContent = words;
    show();
  };
  root.querySelector(".clear").addEventListener("click", () => clear(pad.words.cleared));
  root.querySelector(".sign").addEventListener("click", () => {
    if (pad.strokes.some((one) => one.length > 1)) pad.sign(pad.strokes);
    else said.textContent = pad.words.nothing;
  });
  pad.clear = () => clear("");
  return pad;
}

const pads = new WeakMap();

export default ({ data, parentElement, setTriggerValue }) => {
  const root = parentElement.querySelector(".pad");
  if (!pads.has(root)) pads.set(root, begin(root));
  const pad = pads.get(root);
  const isNew = pad.number !== data.number;
  pad.words = data.words;
  pad.number = data.number;
  pad.sign = (strokes) => setTriggerValue("signed", strokes);
  root.querySelector(".clear").textContent = data.words.clear;
  root.querySelector(".sign").textContent = data.words.sign;
  root.querySelector("p").textContent = data.words.how;
  if (isNew) pad.clear();
};
