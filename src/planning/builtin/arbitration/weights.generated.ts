/** Fitted by scripts/train-arbiter.ts; see docs/decisions on how and from what. */
import type { ArbiterWeights } from './arbitrate.ts';

export const ARBITER_WEIGHTS: ArbiterWeights = {
  gate: {
    bias: -0.1,
    'composed-logit': 0.328,
    'learned-logit': -0.681,
    'learned-margin': -0.448,
    'composed-margin': 0.516,
    'starts-what': 0.261,
    'starts-find': -0.544,
    'starts-list': -0.026,
    'starts-show': -0.379,
    'starts-give': 0.406,
    'starts-how-many': 0.551,
    'starts-which': 0.175,
    'starts-who': 0.057,
    'starts-fragment': -0.505,
    'of-the': -0.302,
    'names-a-column': 0.253,
    'by-or-per': 0.958,
    'period-words': -0.194,
    'composed-in-learned': 1.099,
    'beyond-learned': 0.945,
    'more-items': -2.099,
    'item-difference': 1.114,
    'table-difference': 0.288,
    star: -0.104,
    length: -0.345,
    'data-size': 0.867,
    'large-data': 2.44,
    previous: 0.383
  },
  agreed: {
    bias: 0.058,
    'composed-logit': 0.327,
    'learned-logit': 0.704,
    'learned-margin': 0.042,
    'composed-in-learned': 0,
    'gate-size': 0.096,
    'large-data': 0.432,
    'beyond-learned': 0,
    length: 0.237,
    previous: 0.108
  },
  composed: {
    bias: -2.723,
    'composed-logit': 0.723,
    'learned-logit': 0.411,
    'learned-margin': 0.527,
    'composed-in-learned': 0.856,
    'gate-size': 0.625,
    'large-data': 1.153,
    'beyond-learned': -0.609,
    length: 0.157,
    previous: 0.256
  },
  learned: {
    bias: -1.052,
    'composed-logit': 0.222,
    'learned-logit': 0.556,
    'learned-margin': 0.415,
    'composed-in-learned': -0.036,
    'gate-size': 0.397,
    'large-data': 0,
    'beyond-learned': -0.201,
    length: -0.047,
    previous: -0.353
  }
};
