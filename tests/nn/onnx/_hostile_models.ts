import { ProtobufWriter } from "../../../nn/onnx/protobuf_writer.ts";

/** A node of a model. */
interface TestNode {
  operator: string;
  inputs: string[];
  outputs: string[];
  domain?: string;
  /** Attributes that are graphs, by name. */
  graphs?: Record<string, ProtobufWriter>;
}

/** A tensor of a model. */
interface TestTensor {
  name: string;
  dims: number[];
  /** FLOAT (1) or INT64 (7). */
  type: number;
  data?: Uint8Array;
  isExternal?: boolean;
}

/** The parts of a model; the input is `x` (n, 4), the output `y` (n, 2). */
export interface TestModel {
  nodes: TestNode[];
  tensors?: TestTensor[];
  input?: [name: string, type: number, dims: (number | string)[]];
  output?: [name: string, type: number, dims: (number | string)[]];
  /** A second output, like the first. */
  second?: string;
  functions?: string[];
  opset?: number;
}

const floats = (values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const integers = (values: number[]) => new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);

/** A float32 tensor. */
export const floatTensor = (name: string, dims: number[], values: number[]): TestTensor => ({
  name,
  dims,
  type: 1,
  data: floats(values),
});
/** A tensor of whole numbers. */
export const integerTensor = (name: string, values: number[]): TestTensor => ({
  name,
  dims: [values.length],
  type: 7,
  data: integers(values),
});

/** The graph of a model. */
export function graphOf(model: TestModel): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const { operator, inputs, outputs, domain = "", graphs = {} } of model.nodes) {
    const node = new ProtobufWriter();
    for (const input of inputs) node.text(1, input);
    for (const output of outputs) node.text(2, output);
    node.text(4, operator);
    for (const [name, graph] of Object.entries(graphs)) {
      node.message(5, new ProtobufWriter().text(1, name).message(6, graph).integer(20, 5));
    }
    writer.message(1, node.text(7, domain));
  }
  for (const { name, dims, type, data, isExternal } of model.tensors ?? []) {
    const tensor = new ProtobufWriter();
    for (const dim of dims) tensor.integer(1, dim);
    tensor.integer(2, type).text(8, name);
    if (data !== undefined) tensor.bytes(9, data);
    if (isExternal) {
      tensor.message(13, new ProtobufWriter().text(1, "location").text(2, "/etc/passwd")).integer(14, 1);
    }
    writer.message(5, tensor);
  }
  writer.message(11, port(model.input ?? ["x", 1, ["n", 4]]));
  writer.message(12, port(model.output ?? ["y", 1, ["n", 2]]));
  if (model.second !== undefined) writer.message(12, port([model.second, 1, ["n", 2]]));
  return writer.text(2, "test");
}

function port([name, type, dims]: NonNullable<TestModel["input"]>): ProtobufWriter {
  const shape = new ProtobufWriter();
  for (const dim of dims) {
    const dimension = new ProtobufWriter();
    shape.message(1, typeof dim === "number" ? dimension.integer(1, dim) : dimension.text(2, dim));
  }
  const tensor = new ProtobufWriter().integer(1, type).message(2, shape);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
}

/** The bytes of a model. */
export function modelOf(model: TestModel): Uint8Array<ArrayBuffer> {
  const writer = new ProtobufWriter().integer(1, 8).message(7, graphOf(model));
  writer.message(8, new ProtobufWriter().text(1, "").integer(2, model.opset ?? 13));
  for (const name of model.functions ?? []) writer.message(25, new ProtobufWriter().text(1, name));
  return writer.finish();
}

/** y = x · w, and as many more nodes as wanted before it. */
const LINEAR = floatTensor("w", [4, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
const product = (input = "x"): TestNode => ({ operator: "MatMul", inputs: [input, "w"], outputs: ["y"] });

/** A graph inside a graph inside a graph, and so on. */
function nested(depth: number): ProtobufWriter {
  let graph = graphOf({ nodes: [product()] });
  for (let i = 0; i < depth; i++) {
    graph = graphOf({
      nodes: [{
        operator: "If",
        inputs: ["c"],
        outputs: ["y"],
        graphs: { then_branch: graph, else_branch: graphOf({ nodes: [product()] }) },
      }],
    });
  }
  return graph;
}

/** Products of large matrices, made from nothing: a small file with work for hours. */
function heavy(products: number, start: string): TestNode[] {
  const nodes: TestNode[] = [
    { operator: "ConstantOfShape", inputs: ["side"], outputs: ["zeros"] },
    { operator: "Add", inputs: ["zeros", start], outputs: ["m0"] },
  ];
  for (let i = 0; i < products; i++) {
    nodes.push({ operator: "MatMul", inputs: [`m${i}`, `m${i}`], outputs: [`m${i + 1}`] });
  }
  return [
    ...nodes,
    { operator: "ReduceMax", inputs: [`m${products}`], outputs: ["largest"] },
    { operator: "Add", inputs: ["x", "largest"], outputs: ["z"] },
    product("z"),
  ];
}

/** Models that are refused before anything runs them, and why. */
export const REFUSED: Readonly<Record<string, [model: Uint8Array<ArrayBuffer>, reason: string]>> = {
  "external data": [
    modelOf({ nodes: [product()], tensors: [{ name: "w", dims: [4, 2], type: 1, isExternal: true }] }),
    "initializer w must be in the file itself (torch.onnx.export has external_data=False), got external data",
  ],
  "a loop": [
    modelOf({
      nodes: [{
        operator: "Loop",
        inputs: ["", "c", "x"],
        outputs: ["y"],
        graphs: { body: graphOf({ nodes: [] }) },
      }],
    }),
    "must have no loops, got the operator Loop",
  ],
  "a loop within a branch": [
    modelOf({
      nodes: [{
        operator: "If",
        inputs: ["c"],
        outputs: ["y"],
        graphs: { then_branch: graphOf({ nodes: [{ operator: "Scan", inputs: [], outputs: [] }] }) },
      }],
    }),
    "must have no loops, got the operator Scan",
  ],
  "random numbers": [
    modelOf({ nodes: [{ operator: "RandomNormalLike", inputs: ["x"], outputs: ["y"] }] }),
    "must compute the same each time, got the operator RandomNormalLike",
  ],
  "an operator of another domain": [
    modelOf({ nodes: [{ operator: "Tree", domain: "org.example", inputs: ["x"], outputs: ["y"] }] }),
    "must have operators that ONNX Runtime knows, got org.example.Tree",
  ],
  "functions of its own": [
    modelOf({ nodes: [product()], tensors: [LINEAR], functions: ["Bomb"] }),
    "model.functions must be absent (export without functions of its own), got Bomb",
  ],
  "deep graphs": [
    new ProtobufWriter().message(7, nested(1000)).finish(),
    "graph must be at most 8 levels deep, got more",
  ],
  "too many fields": [
    modelOf({ nodes: Array.from({ length: 100_001 }, () => product()) }),
    "graph must have at most 100000 fields",
  ],
};

/** Models that no environment fits, or that ONNX Runtime does not run, and why. */
export const UNFIT: Readonly<Record<string, [model: Uint8Array<ArrayBuffer>, reason: RegExp]>> = {
  "an unknown operator": [
    modelOf({ nodes: [{ operator: "Bellman", inputs: ["x"], outputs: ["y"] }] }),
    /Bellman/,
  ],
  "a gigantic input": [
    modelOf({ nodes: [product()], tensors: [LINEAR], input: ["x", 1, ["n", 1e12]] }),
    /must take 4 numbers, this one takes x \(n, 1000000000000; float32\)/,
  ],
  "an input of text": [
    modelOf({ nodes: [product()], tensors: [LINEAR], input: ["x", 8, ["n", 4]] }),
    /must take 4 numbers, this one takes x \(n, 4; other\)/,
  ],
  "no batch": [
    modelOf({ nodes: [product()], tensors: [LINEAR], input: ["x", 1, [4]] }),
    /must take 4 numbers in batches, of shape \(batch, 4\), this one takes x \(4; float32\)/,
  ],
  "a gigantic output": [
    modelOf({ nodes: [product()], tensors: [LINEAR], output: ["y", 1, ["n", 1e12]] }),
    /must give the values of 2 actions, this one gives y \(n, 1000000000000; float32\)/,
  ],
  "a gigantic weight without data": [
    modelOf({ nodes: [product()], tensors: [{ name: "w", dims: [2 ** 40, 2 ** 40], type: 1 }] }),
    /ONNX Runtime must run it/,
  ],
  "a gigantic constant": [
    modelOf({
      nodes: [
        { operator: "ConstantOfShape", inputs: ["side"], outputs: ["zeros"] },
        { operator: "ReduceMax", inputs: ["zeros"], outputs: ["largest"] },
        { operator: "Add", inputs: ["x", "largest"], outputs: ["z"] },
        product("z"),
      ],
      tensors: [LINEAR, integerTensor("side", [2 ** 40])],
    }),
    /ONNX Runtime must/,
  ],
  "a gigantic result": [
    modelOf({
      nodes: [
        { operator: "MatMul", inputs: ["x", "w"], outputs: ["small"] },
        { operator: "Expand", inputs: ["small", "side"], outputs: ["y"] },
      ],
      tensors: [LINEAR, integerTensor("side", [2 ** 30, 2])],
    }),
    /./,
  ],
  "a cycle": [
    modelOf({
      nodes: [
        { operator: "Add", inputs: ["x", "b"], outputs: ["a"] },
        { operator: "Relu", inputs: ["a"], outputs: ["b"] },
        product("b"),
      ],
      tensors: [LINEAR],
    }),
    /./,
  ],
  "values that are no numbers": [
    modelOf({ nodes: [product()], tensors: [floatTensor("w", [4, 2], [NaN, 1, 1, 1, 1, 1, 1, 1])] }),
    /must be numbers, got NaN/,
  ],
  "another number of values than it says": [
    modelOf({
      nodes: [product()],
      tensors: [floatTensor("w", [4, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])],
    }),
    /./,
  ],
};

/** Models with work for hours, when they are loaded and when they decide. */
export const SLOW: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  "hours of loading": modelOf({
    nodes: heavy(1000, "one"),
    tensors: [LINEAR, integerTensor("side", [4096, 4096]), floatTensor("one", [1], [1])],
  }),
  "hours of deciding": modelOf({
    nodes: [
      { operator: "ReduceMax", inputs: ["x"], outputs: ["start"] },
      ...heavy(1000, "start"),
    ],
    tensors: [LINEAR, integerTensor("side", [4096, 4096])],
  }),
};

/** A model that is none of this, to compare with. */
export const HARMLESS: Uint8Array<ArrayBuffer> = modelOf({ nodes: [product()], tensors: [LINEAR] });

/** A model with two outputs that fit. */
export const TWO_OUTPUTS: Uint8Array<ArrayBuffer> = modelOf({
  nodes: [product(), { operator: "Neg", inputs: ["y"], outputs: ["y2"] }],
  tensors: [LINEAR],
  second: "y2",
});
