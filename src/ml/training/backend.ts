import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';

/** The native backend, which is only there where its install step could download its library. */
const NATIVE = '@tensorflow/tfjs-node';

/** Starts the fastest backend of TensorFlow.js that there is. @returns its name */
export async function startBackend(): Promise<string> {
  if (!(await hasNative())) await tf.setBackend('wasm');
  await tf.ready();
  return tf.getBackend();
}

async function hasNative(): Promise<boolean> {
  try {
    await import(NATIVE);
    return true;
  } catch {
    // Not installed, or installed without its library: either way the other one does.
    return false;
  }
}
