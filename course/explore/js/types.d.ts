// Types of the browser's part, for tsc; not part of the script. What travels is declared once:
// `Wire` is made from base/messages.schema.json, and most of `Spec` from base/picture.py and
// base/controls.py, by tools/browser_types.py.

declare namespace Wire {
  type Arrays = PlainArrays | CodedArrays | BackgroundArrays;
  type Response = BlockMessage | ArithmeticMessage | Done | ErrorMessage | Update;
}

declare namespace Spec {
  type Theme = "light" | "dark";

  interface ControlBase {
    key: string;
    name: string;
    swept: boolean;
    values: Wire.Value[];
  }
  interface Slider extends ControlBase {
    kind: "slider";
    values: number[];
    symbol: string;
    unit: string;
    mark: string;
    markLabel: string;
    low: number;
    high: number;
    log: boolean;
    whole: boolean;
    labels: string[];
  }
  interface Choice extends ControlBase {
    kind: "choice";
  }
  interface Toggle extends ControlBase {
    kind: "toggle";
  }
  interface Strokes extends ControlBase {
    kind: "strokes";
  }
  interface PointList extends ControlBase {
    kind: "pointlist";
    x: [number, number];
    y: [number, number];
    classes: string[];
    most: number;
    replaces: string[];
  }
  type Control = Slider | Choice | Toggle | Strokes | PointList;

  /** All that the browser needs to know besides frames: Explorable.spec() in Python. */
  interface Explorable {
    name: string;
    title: string;
    about: string;
    readout: string;
    streams: boolean;
    controls: Control[];
    timeline: Timeline | null;
    presets: Record<string, Wire.Values>;
    panels: Panel[];
    colours: Record<Theme, Record<string, string>>;
    cividis: string[];
  }

  /** Of a prediction: course.predictions.prediction.spec_of() in Python. */
  interface PredictionBase {
    name: string;
    text: string;
    colours: Record<Theme, Record<string, string>>;
    cividis: string[];
  }
  interface NumberPrediction extends PredictionBase {
    kind: "number";
    slider: Slider;
    answer: number;
    /** What is said of each position. */
    words: string[];
  }
  interface ChoicePrediction extends PredictionBase {
    kind: "choice";
    options: string[];
    answer: string;
    /** What is said of each option. */
    words: string[];
  }
  interface CurvePrediction extends PredictionBase {
    kind: "curve";
    panel: Panel;
    places: number[];
    /** Heights at the places. */
    answer: number[];
    /** The answer as it is drawn. */
    line: number[];
    truth: number[];
    /** What is said of the mean distance, by per cent of the panel's height. */
    means: string[];
    /** What is said of the worst place, if it is too low there, and if too high. */
    farthest: [string, string][];
  }
  type Prediction = NumberPrediction | ChoicePrediction | CurvePrediction;

  /** What a reader has given; empty while nothing. */
  interface Given {
    value?: string | number | number[];
    skipped?: boolean;
  }
}

// ---- frames ----

type TypedArray = Float32Array | Uint8Array | Int32Array | Uint16Array;

interface ArrayData {
  values: TypedArray;
  shape: number[];
}

interface Frame {
  arrays: Record<string, ArrayData>;
  scalars: Record<string, number | null>;
  summary: string;
  opening: string;
}

// ---- controls, requests ----

/** Called while a control moves. */
type OnMove = (key: string, value: Wire.Value) => void;

interface ControlView {
  element: HTMLElement;
  show: (values: Wire.Values, frame: Frame) => void;
  /** Of points that the reader takes in hand. */
  hand?: PointHand;
}

/** Called while a marker moves; `snaps` keeps values on the controls' positions. */
type Drag = (changes: Wire.Values, ended: boolean, snaps?: boolean) => void;

/** Sends a request to the kernel, under the name of the view. */
type SendRequest = (
  request: Omit<Wire.Request, "view"> | Omit<Wire.ArithmeticQuestion, "view">,
) => void;

/** What an explorable in a notebook has around it. */
interface Host {
  send: SendRequest;
  /** Tells all who share the controls' values what they are now. */
  share: (values: Wire.Values) => void;
  /** What the kernel is doing, as far as the notebook knows: "idle", "busy" and others. */
  kernelStatus: () => string | undefined;
}

// ---- drawing ----

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Maps numbers to pixels; `back` maps pixels to numbers. */
interface Scale {
  (value: number): number;
  back: (pixel: number) => number;
  low: number;
  high: number;
  log: boolean;
  from: number;
  to: number;
}

interface Tick {
  at: number;
  text: string;
}

/** What all panels are drawn with; `time` is from 0 to 1, and so is `seen`, the latest so far. */
interface DrawingState {
  colours: Record<string, string>;
  cividis: string[];
  time: number;
  seen: number;
  /** Whether the run has been seen to its end: what follows from it may be shown. */
  ended: boolean;
  values: Wire.Values;
}

/** What a layer is drawn with; `ghost` where it draws the frame before the present run. */
interface LayerView extends DrawingState {
  /** Of the whole panel, in pixels. */
  width: number;
  height: number;
  box: Box;
  x: Scale;
  y: Scale;
  /** Of a sheet to draw on. */
  pen?: Pen;
  pixelRatio: number;
  ghost: boolean;
  /** Whether ghosts keep their layers' colours. */
  ghostsInColour: boolean;
  /** Of a panel with a third axis: the turned box, and the surface in it. */
  space?: Space;
  relief?: Relief;
}

/** A place on a surface as it is seen. */
interface Spot {
  x: number;
  y: number;
  hidden: boolean;
}

type DrawLayer<Layer> = (
  g: CanvasRenderingContext2D,
  layer: Layer,
  frame: Frame,
  view: LayerView,
) => void;

/** Lets a press or a key act on a layer. */
type ListenOnLayer<Layer> = (panel: PanelView, layer: Layer, drag: Drag) => void;

// ---- reading ----

/** One thing that can be read: its place in units of the axes and in pixels, and what it says. */
interface Reading {
  x: number;
  y: number;
  px: number;
  py: number;
  words: () => string;
  isHidden?: () => boolean;
}

/** What can be read off a layer. */
interface Readable {
  count: number;
  /** The item that the keyboard comes to first. */
  start: number;
  /** Of a grid: how many items stand side by side; 0 for items along a line. */
  columns: number;
  /** Of a grid whose first row is the upper one. */
  down?: boolean;
  /** Pixels within which an item is read, where that is not as usual. */
  reach?: number;
  at: (item: number) => Reading;
  /** Of a ground, which says something everywhere: the item at a place of the canvas. */
  find?: (px: number, py: number) => number;
}

type ReadLayer<Layer> = (
  layer: Layer,
  panel: Spec.Panel,
  frame: Frame,
  view: LayerView,
) => Readable | null;

/** What is read or was picked: an item of a layer, or, at no item, where the press was. */
interface Picked {
  layer: number;
  item: number;
  event?: PointerEvent;
}

type NodeGeometry = ReturnType<typeof nodeGeometry>;

type Point = [number, number];

/** A moment of an array whose first axis is time. */
interface Moment extends ArrayData {
  start: number;
}

// ---- around ----

/** What anywidget gives to `render`: the traits of Explorable in Python, one for each control. */
interface WidgetModel {
  get(name: "_spec"): Spec.Explorable;
  get(name: "_header"): Wire.Header;
  get(name: "_buffer"): DataView;
  get(key: string): Wire.Value;
  set(key: string, value: Wire.Value): void;
  save_changes(): void;
  send(request: Wire.Request | Wire.ArithmeticQuestion): void;
  /** JupyterLab's; another notebook may have none. */
  widget_manager?: { kernel?: { status?: string } | null };
  on(event: string, listener: (...given: never[]) => void): void;
  off(event: string, listener: (...given: never[]) => void): void;
}

/** The same, of Prediction. */
interface PredictionModel {
  get(name: "_spec"): Spec.Prediction;
  get(name: "given"): Spec.Given;
  get(name: "notice"): string;
  set(name: "given", value: Spec.Given): void;
  save_changes(): void;
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
}

// ---- predictions ----

/** Called when something is set or drawn. */
type OnPrediction = (value: NonNullable<Spec.Given["value"]>) => void;

/** What a prediction is entered by. */
interface PredictionEntry {
  element: HTMLElement;
  show: (now: { value: Spec.Given["value"]; committed: boolean; words: string }) => void;
  /** What is said of a committed value. */
  wordsOn: (value: Spec.Given["value"]) => string;
}

declare var descentExplorables: Set<ExplorableView> | undefined;
declare var descentListens: boolean | undefined;
