// ONNX Runtime would resolve its own file against the origin of a worker's location, which is none for a file.
Reflect.deleteProperty(globalThis, "location");
