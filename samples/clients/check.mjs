// Holds the OpenAPI document of a running suite to the specification, and the suite's answers to the document.
// node check.mjs http://127.0.0.1:5050 PATH…
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv/dist/2020.js";

const [suite, ...paths] = process.argv.slice(2);
const document = await (await fetch(`${suite}/openapi/v1.json`)).json();
const valid = await new Validator().validate(structuredClone(document));
if (!valid.valid) {
  throw new Error(`The document is not OpenAPI: ${JSON.stringify(valid.errors, null, 1)}`);
}

const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema({ ...document, $id: "suite" });

// An answer may not have a member that its schema does not name: a client would not see it.
const members = (schema, value, at) => {
  const named = schema.$ref ? document.components.schemas[schema.$ref.split("/").at(-1)] : schema;
  if (Array.isArray(value)) {
    value.forEach((item, i) => members(named.items ?? {}, item, `${at}[${i}]`));
  } else if (value !== null && typeof value === "object" && named.properties) {
    for (const [name, inner] of Object.entries(value)) {
      if (!(name in named.properties)) {
        throw new Error(`${at}.${name} is not in the document.`);
      }
      members(named.properties[name], inner, `${at}.${name}`);
    }
  }
};

for (const path of paths) {
  const [template, query] = path.split("?");
  const operation = Object.entries(document.paths).find(([known]) =>
    new RegExp(`^${known.replace(/[.:]/g, "\\$&").replace(/\{\w+\}/g, "[^/:]+")}$`).test(template))?.[1].get;
  if (!operation) {
    throw new Error(`The document has no ${path}.`);
  }
  const response = await fetch(suite + path);
  const schema = response.ok
    ? operation.responses[200].content["application/json"].schema
    : document.components.responses.Error.content["application/json"].schema;
  const answer = await response.json();
  const check = ajv.compile({ $ref: `suite${schema.$ref}` });
  if (!check(answer)) {
    throw new Error(`${path} is not as the document says: ${JSON.stringify(check.errors, null, 1)}`);
  }
  members(schema, answer, "answer");
  console.log(`${response.status} ${operation.operationId}${query ? `?${query}` : ""}`);
}
