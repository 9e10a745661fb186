//! A process as a BPMN 2.0 file (ISO/IEC 19510), with the coordinates of the drawing.

use super::{Area, Edge, Flow, Layout, Node, Shape, Step};
use crate::chart::curve::{Point, Rect};
use crate::chart::path::Label;
use crate::chart::svg::escape;

/// Writes a process and its diagram. `id` names the process in other files.
pub fn write(flow: &Flow, layout: &Layout, id: &str) -> String {
    let name = escape(&plain(&flow.title));
    let mut xml = HEAD.to_owned();
    xml.push_str(&format!(
        "  <bpmn:collaboration id=\"collaboration\">\n    <bpmn:participant id=\"participant\" name=\"{name}\" processRef=\"process_{id}\"/>\n  </bpmn:collaboration>\n  <bpmn:process id=\"process_{id}\" name=\"{name}\" isExecutable=\"false\">\n"
    ));
    xml.push_str(&lanes(flow));
    xml.extend((0..flow.steps.len()).map(|step| element(flow, layout, step)));
    xml.extend(layout.edges.iter().enumerate().map(|(number, edge)| flow_of(flow, number, edge)));
    xml.extend((0..flow.steps.len()).filter(|step| flow.forks(*step)).map(|step| to_fork(flow, step)));
    xml.push_str("  </bpmn:process>\n");
    xml.push_str(&diagram(flow, layout));
    xml.push_str("</bpmn:definitions>\n");
    xml
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" id=\"definitions\" targetNamespace=\"urn:polku:process\" exporter=\"polku\">
";

fn lanes(flow: &Flow) -> String {
    let lane = |(number, lane): (usize, &super::Named)| {
        let own = flow.steps.iter().enumerate().filter(|(step, _)| flow.lane(*step) == number);
        let refs: String = own
            .map(|(at, step)| {
                let fork = if flow.forks(at) { reference(&fork_id(step)) } else { String::new() };
                reference(&node_id(step)) + &fork
            })
            .collect();
        let name = escape(&plain(&lane.label));
        format!("      <bpmn:lane id=\"lane_{number}\" name=\"{name}\">\n{refs}      </bpmn:lane>\n")
    };
    let lanes: String = flow.lanes.iter().enumerate().map(lane).collect();
    format!("    <bpmn:laneSet id=\"lanes\">\n{lanes}    </bpmn:laneSet>\n")
}

fn reference(id: &str) -> String {
    format!("        <bpmn:flowNodeRef>{id}</bpmn:flowNodeRef>\n")
}

fn node_id(step: &Step) -> String {
    format!("step_{}", step.id)
}

fn fork_id(step: &Step) -> String {
    format!("fork_{}", step.id)
}

fn tag(shape: Shape) -> &'static str {
    match shape {
        Shape::Task | Shape::Document => "userTask",
        Shape::Decision => "exclusiveGateway",
        Shape::Wait => "intermediateCatchEvent",
        Shape::Subprocess | Shape::Process => "callActivity",
        Shape::Start => "startEvent",
        Shape::End => "endEvent",
    }
}

/// A step with its documents, and the gateway behind it.
fn element(flow: &Flow, layout: &Layout, at: usize) -> String {
    let step = &flow.steps[at];
    let (tag, id, name) = (tag(step.shape), node_id(step), escape(&plain(&step.name.label)));
    let calls = step.calls.as_ref().filter(|_| step.shape == Shape::Subprocess);
    let calls = calls.map_or_else(String::new, |id| format!(" calledElement=\"process_{}\"", escape(id)));
    let told: String = documentation(step).iter().map(|text| line("documentation", text)).collect();
    let papers = papers(step);
    let associations: String = papers.iter().map(|(id, _)| association(id)).collect();
    let ways = ways(flow, layout, at);
    let timer = if step.shape == Shape::Wait { timer(step) } else { String::new() };
    let mut xml = format!(
        "    <bpmn:{tag} id=\"{id}\" name=\"{name}\"{calls}>\n{told}{ways}{associations}{timer}    </bpmn:{tag}>\n"
    );
    for (id, name) in &papers {
        let name = escape(&plain(name));
        xml.push_str(&format!(
            "    <bpmn:dataObject id=\"{id}_object\"/>\n    <bpmn:dataObjectReference id=\"{id}\" name=\"{name}\" dataObjectRef=\"{id}_object\"/>\n"
        ));
    }
    if flow.forks(at) {
        let (fork, id) = (fork_id(step), &step.id);
        let out: String =
            outgoing(layout, at).map(|number| line("outgoing", &format!("flow_{number}"))).collect();
        xml.push_str(&format!(
            "    <bpmn:parallelGateway id=\"{fork}\">\n{}{out}    </bpmn:parallelGateway>\n",
            line("incoming", &format!("flow_to_fork_{id}"))
        ));
    }
    xml
}

fn line(tag: &str, text: &str) -> String {
    format!("      <bpmn:{tag}>{}</bpmn:{tag}>\n", escape(text))
}

/// What else is known of a step: how long is waited, its marks, its documents where they are no data of it.
fn documentation(step: &Step) -> Vec<String> {
    let waited = (!step.note.is_empty()).then(|| step.note.clone());
    let papers = if is_activity(step) { &[] } else { step.papers.as_slice() };
    let all: Vec<String> = waited.into_iter().chain(step.remarks.clone()).chain(papers.to_vec()).collect();
    if all.is_empty() { Vec::new() } else { vec![plain(&all.join("\n"))] }
}

fn is_activity(step: &Step) -> bool {
    matches!(step.shape, Shape::Task | Shape::Document | Shape::Subprocess | Shape::Process)
}

/// The documents of a step with their ids.
fn papers(step: &Step) -> Vec<(String, &str)> {
    let papers = step.papers.iter().enumerate().filter(|_| is_activity(step));
    papers.map(|(number, name)| (format!("data_{}.{number}", step.id), name.as_str())).collect()
}

fn association(id: &str) -> String {
    format!(
        "      <bpmn:dataOutputAssociation id=\"{id}_made\">\n        <bpmn:targetRef>{id}</bpmn:targetRef>\n      </bpmn:dataOutputAssociation>\n"
    )
}

fn timer(step: &Step) -> String {
    let duration = step.days.map_or_else(String::new, |days| {
        format!("<bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">P{days}D</bpmn:timeDuration>")
    });
    format!(
        "      <bpmn:timerEventDefinition id=\"timer_{}\">{duration}</bpmn:timerEventDefinition>\n",
        step.id
    )
}

fn outgoing(layout: &Layout, at: usize) -> impl Iterator<Item = usize> + '_ {
    layout.edges.iter().enumerate().filter(move |(_, edge)| edge.from == at).map(|(number, _)| number)
}

fn ways(flow: &Flow, layout: &Layout, at: usize) -> String {
    let into = layout.edges.iter().enumerate().filter(|(_, edge)| edge.to == at);
    let into: String = into.map(|(number, _)| line("incoming", &format!("flow_{number}"))).collect();
    if flow.forks(at) {
        return into + &line("outgoing", &format!("flow_to_fork_{}", flow.steps[at].id));
    }
    into + &outgoing(layout, at).map(|number| line("outgoing", &format!("flow_{number}"))).collect::<String>()
}

fn flow_of(flow: &Flow, number: usize, edge: &Edge) -> String {
    let (from, to) = (&flow.steps[edge.from], &flow.steps[edge.to]);
    let source = if flow.forks(edge.from) { fork_id(from) } else { node_id(from) };
    let label = from.exits.get(edge.exit).map(|exit| plain(&exit.label)).unwrap_or_default();
    let name = if label.is_empty() { String::new() } else { format!(" name=\"{}\"", escape(&label)) };
    let target = node_id(to);
    format!(
        "    <bpmn:sequenceFlow id=\"flow_{number}\"{name} sourceRef=\"{source}\" targetRef=\"{target}\"/>\n"
    )
}

fn to_fork(flow: &Flow, at: usize) -> String {
    let step = &flow.steps[at];
    let (id, source, target) = (&step.id, node_id(step), fork_id(step));
    format!(
        "    <bpmn:sequenceFlow id=\"flow_to_fork_{id}\" sourceRef=\"{source}\" targetRef=\"{target}\"/>\n"
    )
}

fn diagram(flow: &Flow, layout: &Layout) -> String {
    // The pool is as wide as the drawing and a strip for its name at the left.
    let pool = Rect { x: -30.0, y: 0.0, w: layout.width + 30.0, h: layout.height };
    let mut xml = "  <bpmndi:BPMNDiagram id=\"diagram\">\n    <bpmndi:BPMNPlane id=\"plane\" bpmnElement=\"collaboration\">\n".to_owned();
    xml.push_str(&shape("participant", pool, " isHorizontal=\"true\"", None));
    let lanes = layout.lanes.iter().enumerate();
    xml.extend(lanes.map(|(number, area)| lane_shape(number, area)));
    for (step, node) in flow.steps.iter().zip(&layout.nodes) {
        xml.push_str(&node_shape(step, node));
        xml.push_str(&node.fork.map_or_else(String::new, |fork| shape(&fork_id(step), fork, "", None)));
    }
    for (number, edge) in layout.edges.iter().enumerate() {
        xml.push_str(&line_shape(&format!("flow_{number}"), &edge.points, edge.label.as_ref()));
    }
    for (step, node) in flow.steps.iter().zip(&layout.nodes) {
        let Some(fork) = node.fork else { continue };
        let (y, x) = (node.body.centre().y, node.body.right());
        xml.push_str(&line_shape(
            &format!("flow_to_fork_{}", step.id),
            &[Point { x, y }, Point { x: fork.x, y }],
            None,
        ));
    }
    xml.push_str("    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n");
    xml
}

fn lane_shape(number: usize, area: &Area) -> String {
    shape(&format!("lane_{number}"), area.bounds, " isHorizontal=\"true\"", None)
}

fn node_shape(step: &Step, node: &Node) -> String {
    let marker = if step.shape == Shape::Decision { " isMarkerVisible=\"true\"" } else { "" };
    let label = (!is_activity(step)).then_some(&node.label);
    shape(&node_id(step), node.body, marker, label)
}

fn shape(id: &str, bounds: Rect, more: &str, text: Option<&Label>) -> String {
    let (place, label) = (self::bounds(bounds), text.map_or_else(String::new, label));
    format!(
        "      <bpmndi:BPMNShape id=\"shape_{id}\" bpmnElement=\"{id}\"{more}>\n        {place}\n{label}      </bpmndi:BPMNShape>\n"
    )
}

fn line_shape(id: &str, points: &[Point], text: Option<&Label>) -> String {
    let point = |point: &Point| {
        let [x, y] = point.written();
        format!("        <di:waypoint x=\"{x}\" y=\"{y}\"/>\n")
    };
    let (points, label): (String, String) =
        (points.iter().map(point).collect(), text.map_or_else(String::new, label));
    format!(
        "      <bpmndi:BPMNEdge id=\"shape_{id}\" bpmnElement=\"{id}\">\n{points}{label}      </bpmndi:BPMNEdge>\n"
    )
}

fn label(label: &Label) -> String {
    if label.lines.is_empty() {
        return String::new();
    }
    format!("        <bpmndi:BPMNLabel>{}</bpmndi:BPMNLabel>\n", bounds(label.bounds))
}

fn bounds(area: Rect) -> String {
    let [x, y, w, h] = area.written();
    format!("<dc:Bounds x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/>")
}

/// A text without what is seen only where a line breaks.
fn plain(text: &str) -> String {
    text.replace('\u{ad}', "")
}
