/** Fitted by scripts/train-arbiter.ts; see docs/decisions on how and from what. */
import type { ArbiterWeights } from './arbitrate.ts';

export const ARBITER_WEIGHTS: ArbiterWeights = {
  gate: {
    bias: 1.144,
    'composed-logit': 0.374,
    'learned-logit': -0.888,
    'learned-margin': -0.13,
    'composed-margin': 0.369,
    'starts-what': -0.404,
    'starts-find': -0.579,
    'starts-list': -0.319,
    'starts-show': -0.212,
    'starts-give': 0.083,
    'starts-how-many': 0.735,
    'starts-which': 0.207,
    'starts-who': 0.061,
    'starts-fragment': 0.421,
    'of-the': -0.052,
    'names-a-column': -0.184,
    'by-or-per': 0.703,
    'period-words': -0.025,
    'composed-in-learned': 0.37,
    'beyond-learned': 1.101,
    'more-items': -1.94,
    'item-difference': 0.741,
    'table-difference': 0.134,
    star: -0.251,
    length: -1.431,
    'data-size': -0.069,
    'large-data': 2.482,
    previous: 0
  },
  agreed: {
    bias: 0.335,
    'composed-logit': 0.578,
    'learned-logit': 0.733,
    'learned-margin': 0.183,
    'composed-in-learned': 0.004,
    'gate-size': 0.079,
    'large-data': -0.711,
    'beyond-learned': 0,
    length: -0.172,
    previous: 0
  },
  composed: {
    bias: -1.987,
    'composed-logit': 0.511,
    'learned-logit': 0.674,
    'learned-margin': -0.077,
    'composed-in-learned': 0.215,
    'gate-size': 0.375,
    'large-data': 0.761,
    'beyond-learned': -0.883,
    length: 0.398,
    previous: 0
  },
  learned: {
    bias: -0.782,
    'composed-logit': 0.08,
    'learned-logit': 0.978,
    'learned-margin': 0.16,
    'composed-in-learned': -0.162,
    'gate-size': 0.111,
    'large-data': 0.739,
    'beyond-learned': -0.361,
    length: -0.225,
    previous: 0
  }
};
