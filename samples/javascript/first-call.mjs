// Records an observation, and reads the country's risk with that included. Usage: first-call.mjs [COUNTRY]
// Exit codes: 0 done; 1 refused, put it right first; 75 not now, run the same again.
import { call, client, isPassing, words } from './suite.mjs';

const country = process.argv[2] ?? 'XAQ';
const now = Date.now();
try {
  const recorded = await call(client('ObservationService'), 'recordObservation', {
    observation: {
      country,
      indicator: 'r07.incitement',
      value: 2,
      observed_at: { seconds: Math.floor(now / 1000), nanos: (now % 1000) * 1_000_000 },
      source: 'radio-monitor',
    },
  });
  const { risk } = await call(client('RiskService'), 'getCountryRisk', {
    name: `frameworks/atrocity-crimes/risks/${country}`,
    minimum_revision: recorded.revision,
  });

  // Without a score there is no level, which is not a low one.
  const figure = risk.score === undefined ? 'insufficient data' : `${risk.score.toFixed(1)} ${risk.level}`;
  const outcome = recorded.outcome.replace('OUTCOME_', '');
  console.log(`${outcome} ${recorded.observation_id}: ${risk.country_name} ${figure}, coverage ${Math.round(100 * (risk.coverage ?? 0))}%`);
} catch (error) {
  console.error(words(error));
  process.exitCode = isPassing(error) ? 75 : 1;
}
