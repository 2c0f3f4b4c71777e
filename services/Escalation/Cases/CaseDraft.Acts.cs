using EarlyWarning.Contracts.Cases;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <summary>What people do in a case. <see cref="CaseRules"/> has said before that they may.</summary>
internal sealed partial class CaseDraft
{
    /// <summary>Answers a step. The first answer holds the climb for its decision deadline; a further one of the same step is recorded only.</summary>
    public void Acknowledge(V1.Step reached, V1.Recipient recipient, string note, CaseActor actor)
    {
        var step = _case.Steps[reached.Number - 1];
        var first = step.AcknowledgeTime is null;
        var holds = false;
        if (first)
        {
            (step.AcknowledgeTime, step.AcknowledgedBy) = (_now, recipient.DisplayName);
            step.DecideDueTime = _now + step.DecideWithin;
            holds = _case.State != State.Decided && Holds(recipient);
        }

        if (holds)
        {
            // A late answer of an earlier step must not shorten what a later one has left.
            var answersCurrent = step.Number == _case.CurrentStep && _case.State == State.AwaitingAcknowledgement;
            var due = answersCurrent ? step.DecideDueTime : Later(_internals.ClimbDue, step.DecideDueTime);
            _case.State = State.AwaitingDecision;
            Hold(due, recipient);
        }

        var what = !first ? $"{recipient.DisplayName} acknowledged step {step.Number} as well."
            : holds ? $"{recipient.DisplayName} acknowledged step {step.Number}; without a decision the case goes on at {Say(_case.DueTime.ToDateTimeOffset())}."
            : $"{recipient.DisplayName} acknowledged step {step.Number}; this does not hold the climb.";
        Add(Kind.Acknowledged, WithNote(what, note), step.Number, recipient.Name, actor.Name, actor.Verified);
    }

    /// <summary>Records a decision.</summary>
    public void Decide(V1.Recipient recipient, V1.Decision decision, string rationale, DateTimeOffset? seizedUntil, CaseActor actor)
    {
        var entry = Add(
            Kind.Decided, $"{recipient.DisplayName} decided: {CaseRules.Say(decision)}. {rationale}",
            CaseRules.StepOf(_case, recipient.Role)?.Number ?? 0, recipient.Name, actor.Name, actor.Verified);
        entry.Decision = decision;
        if (!CaseRules.NeedsDate(decision))
        {
            _case.State = State.Decided;
            _case.SeizedUntil = null;
            _internals.RegionalDue = null;
            DueAt(null);
        }
        else if (Holds(recipient))
        {
            _case.State = decision == V1.Decision.RemainSeized ? State.Decided : State.AwaitingDecision;
            _case.SeizedUntil = seizedUntil!.Value.ToTimestamp();
            _internals.SeizedStep = CaseRules.StepOf(_case, recipient.Role)?.Number ?? _case.CurrentStep;
            Hold(_case.SeizedUntil, recipient);
        }
    }

    /// <summary>Ends the case.</summary>
    public void StandDown(V1.Recipient recipient, string reason, CaseActor actor)
    {
        _case.State = State.StoodDown;
        _case.CloseTime = _now;
        _case.SeizedUntil = null;
        _internals.RegionalDue = null;
        DueAt(null);
        Add(Kind.StoodDown, $"{recipient.DisplayName} stood the case down{(_case.Firing ? " although it fires" : "")}. {reason}",
            resource: recipient.Name, actor: actor.Name, verified: actor.Verified);
    }

    /// <summary>
    /// The State concerned holds the climb among its own steps only: neither the way to the regional step nor what lies beyond it waits for an
    /// answer of the State.
    /// </summary>
    private bool Holds(V1.Recipient recipient) =>
        !CaseRules.IsOfState(recipient.Role) || RegionalStep is null || _internals.RegionalDue is not null;

    private void Hold(Timestamp until, V1.Recipient recipient)
    {
        if (!CaseRules.IsOfState(recipient.Role) && _internals.RegionalDue is { } regional)
        {
            _internals.RegionalDue = Later(regional, (until.ToDateTimeOffset() + Waits(_case.CurrentStep + 1, RegionalStep!.Value)).ToTimestamp());
        }

        DueAt(until);
    }

    private static Timestamp Later(Timestamp? one, Timestamp other) => one is not null && one > other ? one : other;

    private static string WithNote(string text, string note) => note.Length == 0 ? text : $"{text} {note}";
}
