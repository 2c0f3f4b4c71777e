using EarlyWarning.Escalation.Ladder;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Store;
using EarlyWarning.Store.Sequences;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Escalation.Grains;

/// <summary>What decides and records cases.</summary>
internal sealed record CaseParts(
    IStore Store,
    CaseReader Reader,
    [FromKeyedServices(CaseRows.Changes)] ChangeSequence Sequence,
    CaseLadder Ladder,
    EscalationMeter Meter,
    TimeProvider Time
);
