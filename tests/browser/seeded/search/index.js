self.polkuIndex = [
  { title: "päätös", kind: "tehtävä", href: "target.html" },
  { title: "päätöksen muutos ja päätös", kind: "rooli", href: "target.html" },
];
