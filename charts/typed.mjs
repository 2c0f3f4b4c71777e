// Writes manifests as TypeScript that gives each one its type, so that the compiler finds what Kubernetes' API does not have, or has otherwise:
//   node typed.mjs OUTPUT.ts < MANIFESTS.yaml
import { readFileSync, writeFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

const lines = [];
for (const document of parseAllDocuments(readFileSync(0, "utf8"))) {
  if (document.errors.length > 0) throw document.errors[0];
  const manifest = document.toJS();
  const [version, group = ""] = (manifest?.apiVersion ?? "").split("/").reverse();
  // Dapr's kinds have no types there.
  if (manifest === null || group === "dapr.io") continue;
  const home = group === "monitoring.coreos.com" ? "@kubernetes-models/prometheus-operator" : "kubernetes-models";
  const type = `${manifest.kind}${lines.length}`;
  lines.push(`import type { I${manifest.kind} as ${type} } from "${[home, group, version, manifest.kind].filter(Boolean).join("/")}";
export const ${type}_: ${type} = ${JSON.stringify(manifest, null, 2)};
`);
}

if (lines.length === 0) throw new Error("there is no manifest");
writeFileSync(process.argv[2], lines.join(""));
