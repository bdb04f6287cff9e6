import type { RunRecord } from '../../results/run-record.ts';
import { formatBytes } from '../format.ts';
import { countOf, formatPercent } from '../gate-numbers.ts';
import { notes } from '../notes.ts';
import { clip, html, type Markup } from './html.ts';
import { dayOf, type PageView } from './view.ts';

/** On what it was measured, and how to make the run again. */
export function machineSection({ run, comparison }: PageView): Markup {
  const { record } = run;
  return html`<section aria-labelledby="machine">
<h2 id="machine">Machine, engines, links</h2>
<dl class="facts">${factsOf(record).map(([name, text]) => html`<div><dt>${name}</dt><dd>${clip(text, 400)}</dd></div>`)}</dl>
<h3>Make this run again</h3>
<pre class="command" tabindex="0"><code>${clip(record.command, 2_000)}</code></pre>
<details><summary>Notes to these numbers</summary><ul class="notes">${notes(run, comparison).map((text) => html`<li>${clip(text, 1_000)}</li>`)}</ul></details>
</section>`;
}

function factsOf(record: RunRecord): (readonly [string, string])[] {
  const { fingerprint, scenario, server, registry } = record;
  const { nodeEngine, hostEngine, serverEngine } = fingerprint;
  return [
    [
      'Machine',
      `${fingerprint.cpus} × ${fingerprint.cpuModel}, ${formatBytes(fingerprint.memoryBytes)}, ${fingerprint.platform}, ${fingerprint.kernel}`,
    ],
    ['Engine measured', `${nodeEngine.version} (${nodeEngine.imageStore}, ${nodeEngine.storageDriver})`],
    ['Engine under it', `${hostEngine.version} (${hostEngine.storageDriver}, cgroup v${hostEngine.cgroupVersion})`],
    [
      'Server',
      `${server.sort === 'node' ? 'a fresh node' : `existing, ${server.address ?? ''}`}: ${serverEngine.version}, ${countOf(serverEngine.cpus, 'processor')}, ${formatBytes(serverEngine.memoryBytes)}`,
    ],
    [
      'Registry',
      registry.sort === 'lab' ? 'the lab’s own, empty at the start of each lap' : `existing, ${registry.address ?? ''}`,
    ],
    ['Links', linksText(record)],
    ['Readiness', readyText(scenario.ready)],
    ['Base images and engines', standInText(record)],
    ['Rounds', `${record.plan.rounds} planned, seed ${record.seed}`],
    ['Measured', `${dayOf(record.startedAt)}, run ${record.id}`],
    [
      'Versions',
      `deployclock ${record.tool.version}, Node.js ${fingerprint.nodeJs}${record.git === null ? '' : `, commit ${record.git.commit.slice(0, 12)}${record.git.changed ? ' with changes' : ''}`}`,
    ],
  ];
}

function linksText({ scenario, linkProbes }: RunRecord): string {
  const { uplink, downlink, mirror } = scenario.links;
  const errors = linkProbes.map(({ wanted, measured }) => Math.abs(measured / wanted - 1));
  const probed =
    errors.length === 0 ? '' : `; probed before the run, off by ${formatPercent(Math.max(...errors))} at most`;
  return `up ${uplink.label}, down ${downlink.label}, mirror ${mirror.label}${probed}`;
}

function readyText(ready: RunRecord['scenario']['ready']): string {
  switch (ready.check) {
    case 'http':
      return `${ready.path} answers ${ready.status}${ready.successes > 1 ? `, ${ready.successes} times in a row` : ''}`;
    case 'log':
      return `the log says ${ready.pattern}`;
    case 'tcp':
      return 'the port accepts a connection';
    case 'healthcheck':
      return 'the image’s HEALTHCHECK says healthy';
    case 'exit':
      return 'the container ends with code 0';
  }
}

function standInText({ images }: RunRecord): string {
  const standIns = images.filter(({ standIn }) => standIn).map(({ role, image }) => `${role} (${image})`);
  return standIns.length === 0 ? 'the public images' : `stand-ins made on this machine: ${standIns.join(', ')}`;
}
