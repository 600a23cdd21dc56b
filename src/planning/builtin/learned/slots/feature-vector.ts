/** A reusable sparse vector. */
export class FeatureVector {
  readonly index = new Uint16Array(256);
  readonly value = new Float32Array(256);
  size = 0;

  clear(): void {
    this.size = 0;
  }

  add(index: number, value = 1): void {
    if (value === 0) return;
    this.index[this.size] = index;
    this.value[this.size++] = value;
  }

  flag(index: number, on: boolean): void {
    if (on) {
      this.index[this.size] = index;
      this.value[this.size++] = 1;
    }
  }

  copy(): SparseVector {
    return { index: this.index.slice(0, this.size), value: this.value.slice(0, this.size) };
  }
}

export interface SparseVector {
  readonly index: Uint16Array;
  readonly value: Float32Array;
}
