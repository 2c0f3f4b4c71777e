using EarlyWarning.Escalation.Ladder;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Escalation.Desk;

/// <summary>What the desk works with.</summary>
internal sealed record DeskParts(
    IJournals Journals, Func<string> Epoch, CaseLadder Ladder, EscalationOptions Options, EscalationMeter Meter, TimeProvider Time);
