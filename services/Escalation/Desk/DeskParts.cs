using EarlyWarning.Escalation.Ladder;
using EarlyWarning.Messaging;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Escalation.Desk;

/// <summary>What the desk works with.</summary>
internal sealed record DeskParts(
    IJournals Journals, IDueTimes DueTimes, IEventPublisher Publisher, CaseLadder Ladder, EscalationOptions Options, EscalationMeter Meter, TimeProvider Time);
