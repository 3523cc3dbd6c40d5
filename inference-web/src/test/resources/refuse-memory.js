// A host that has no room: for node's --import, before anything else.
WebAssembly.Memory = class {
  constructor() {
    throw new RangeError("no room here");
  }
};
