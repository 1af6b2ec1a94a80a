export { Agent, type AgentOptions } from './agent/Agent.ts';
export { ConfigFault, type Problem } from './config/ConfigFault.ts';
export { Log, type LogFormat } from './log/Log.ts';
