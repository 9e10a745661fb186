// Process charts as BPMN 2.0: every file is read without a warning, shows every step and line, has each step in
// one lane, and is drawn without a warning by the viewer that most tools use.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';

export const rules = ['read', 'shown', 'lanes', 'drawn'];

const VIEWER = createRequire(import.meta.url).resolve('bpmn-js/dist/bpmn-navigated-viewer.production.min.js');
const DRAWN = /Task|Event$|Gateway|CallActivity|SequenceFlow/;

export async function gate(site, { browser, log }) {
  const files = [...site.files].filter((file) => file.endsWith('.bpmn'));
  const page = await browser.newPage();
  await page.setContent('<div id="canvas" style="block-size: 600px"></div>');
  await page.addScriptTag({ path: VIEWER });
  for (const file of files) {
    const xml = readFileSync(path.join(site.root, file), 'utf8');
    const { rootElement, warnings } = await read(xml);
    log.check('read', file, warnings);
    if (!rootElement) continue;
    log.check('shown', file, notShown(rootElement));
    log.check('lanes', file, notInOneLane(rootElement));
    log.check('drawn', file, await page.evaluate(draw, xml));
  }
  await page.close();
}

async function read(xml) {
  try {
    const { rootElement, warnings } = await new BpmnModdle().fromXML(xml);
    return { rootElement, warnings: warnings.map(({ message }) => message) };
  } catch (error) {
    return { warnings: [error.message] };
  }
}

function processes({ rootElements }) {
  return rootElements.filter(({ $type }) => $type === 'bpmn:Process');
}

function notShown(root) {
  const planes = (root.diagrams ?? []).flatMap(({ plane }) => plane.planeElement ?? []);
  const shown = new Set(planes.map(({ bpmnElement }) => bpmnElement?.id));
  const elements = processes(root).flatMap(({ flowElements }) => flowElements ?? []);
  return elements.filter(({ $type, id }) => DRAWN.test($type) && !shown.has(id)).map(({ id }) => `${id} is not in the diagram`);
}

function notInOneLane(root) {
  return processes(root).flatMap(({ laneSets, flowElements }) => {
    const lanes = (laneSets ?? []).flatMap(({ lanes: own }) => own ?? []);
    const held = lanes.flatMap(({ flowNodeRef }) => flowNodeRef ?? []).map(({ id }) => id);
    const nodes = (flowElements ?? []).filter(({ $type }) => DRAWN.test($type) && $type !== 'bpmn:SequenceFlow');
    const times = (id) => held.filter((other) => other === id).length;
    return nodes.filter(({ id }) => times(id) !== 1).map(({ id }) => `${id} stands in ${times(id)} lanes`);
  });
}

async function draw(xml) {
  const viewer = new globalThis.BpmnJS({ container: '#canvas' });
  try {
    const { warnings } = await viewer.importXML(xml);
    return warnings.map(({ message }) => message);
  } catch (error) {
    return [error.message];
  } finally {
    viewer.destroy();
  }
}
