import createClient from "openapi-fetch";
import type { paths } from "./api.js";

const suite = createClient<paths>({ baseUrl: "http://127.0.0.1:5050" });

const recorded = await suite.POST("/v1/observations", {
  body: {
    observation: {
      country: "XAQ",
      indicator: "r07.incitement",
      value: 2,
      observedAt: new Date().toISOString(),
      source: "radio-monitor",
    },
  },
});
if (recorded.error) {
  throw new Error(recorded.error.message);
}

const answer = await suite.GET("/v1/frameworks/{framework}/risks/{risk}", {
  params: {
    path: { framework: "atrocity-crimes", risk: "XAQ" },
    query: { minimumRevision: recorded.data.revision },
  },
});
const risk = answer.data?.risk;
console.log(`${recorded.data.outcome}: ${risk?.countryName} ${risk?.level}`);
