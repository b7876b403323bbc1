/** `crm-chat-elements/conformance`: what a back end keeps of the contract. */
export {
  checkConformance,
  describeReport,
  type CaseOutcome,
  type ConformanceOptions,
  type ConformanceReport,
} from './conformance/kit.js';
