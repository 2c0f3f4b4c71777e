import { readFileSync } from "node:fs";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";

const { earlywarning } = grpc.loadPackageDefinition(
  loader.loadFileDescriptorSetFromBuffer(readFileSync("earlywarning.binpb"), { longs: String, enums: String }));
const suite = new earlywarning.v1.RiskService("127.0.0.1:5051", grpc.credentials.createInsecure());
suite.getCountryRisk({ name: "frameworks/atrocity-crimes/risks/XAQ" }, (error, answer) => {
  console.log(error ? error.message : `${answer.risk.country_name} ${answer.risk.level}`);
  suite.close();
});
