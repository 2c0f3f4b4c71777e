using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <content>What people do in a case. <see cref="CaseRules"/> has said before that they may.</content>
internal sealed partial class CaseChangeBuilder
{
    /// <summary>
    /// Answers a step about some causes. The first answer holds the climb for its decision deadline; a further one is recorded only.
    /// </summary>
    public void Acknowledge(IReadOnlyCollection<string> causes, V1.Recipient recipient, string note, CaseActor actor)
    {
        foreach (var climb in Split(Named(causes)))
        {
            Acknowledge(climb, CaseRules.StepOf(climb, recipient.Role)!, recipient, note, actor);
        }
    }

    /// <summary>Records a decision on some causes.</summary>
    public void Decide(
        IReadOnlyCollection<string> causes,
        V1.Recipient recipient,
        V1.Decision decision,
        string rationale,
        DateTimeOffset? seizedUntil,
        CaseActor actor
    )
    {
        foreach (var climb in Split(Named(causes)))
        {
            var step = CaseRules.StepOf(climb, recipient.Role)?.Number ?? 0;
            var entry = Act(
                Kind.Decided,
                $"{recipient.DisplayName} decided: {CaseRules.Say(decision)}. {rationale}",
                climb.Causes,
                recipient,
                actor,
                step,
                climb.Number
            );
            entry.Decision = decision;
            var ofState = CaseRules.IsOfState(recipient.Role) && RegionalStep(climb) is not null;
            DecideUpon(climb, ofState);
            if (ofState)
            {
                climb.StateDecision = new()
                {
                    Decision = decision,
                    Time = _now,
                    SeizedUntil = seizedUntil?.ToTimestamp(),
                    Recipient = recipient.Name,
                    Text = entry.Text,
                };
                if (IsDecidedBeyondState(climb) || !Holds(climb, recipient.Role))
                {
                    entry.Text += " It is on record, and holds nothing up.";
                    continue;
                }
            }

            (climb.SeizedUntil, climb.Decision) = (seizedUntil?.ToTimestamp(), decision);
            var internals = InternalsOf(climb);
            (internals.ByState, internals.Unheld) = (ofState, null);
            if (CaseRules.NeedsDate(decision))
            {
                climb.State = decision == V1.Decision.RemainSeized ? State.Decided : State.AwaitingDecision;
                internals.SeizedStep = step > 0 ? step : climb.CurrentStep;
                Hold(climb, climb.SeizedUntil!, recipient.Role);
            }
            else
            {
                climb.State = ofState ? State.AwaitingDecision : State.Decided;
                internals.RegionalDue = ofState ? internals.RegionalDue : null;
                DueAt(climb, null);
            }
        }
    }

    /// <summary>Ends some causes, and the case with the last of them.</summary>
    public void StandDown(IReadOnlyCollection<string> causes, V1.Recipient recipient, string reason, CaseActor actor)
    {
        var named = Named(causes);
        foreach (var cause in named)
        {
            InternalsOf(cause).StoodDown = ClimbOf(cause) is { } climb && climb.Causes.Contains(cause.Id) ? Leaving(climb) : null;
        }

        foreach (var cause in named)
        {
            End(cause, State.StoodDown);
        }

        var firing = named.Exists(cause => cause.Firing) ? " although it fires" : "";
        Act(
            Kind.StoodDown,
            $"{recipient.DisplayName} stood down {Titles(named)}{firing}. {reason}",
            named.Select(cause => cause.Id),
            recipient,
            actor
        );
    }

    private void Acknowledge(V1.Climb climb, V1.Step step, V1.Recipient recipient, string note, CaseActor actor)
    {
        var first = step.AcknowledgeTime is null;
        Answered(step, recipient);
        var holds = first && TryHold(climb, step);

        var what =
            !first ? $"{recipient.DisplayName} acknowledged step {step.Number} as well."
            : holds
                ? $"{recipient.DisplayName} acknowledged step {step.Number}; without a decision it goes on at "
                    + $"{Say(climb.DueTime.ToDateTimeOffset())}."
            : $"{recipient.DisplayName} acknowledged step {step.Number}; this does not hold the climb.";
        Act(Kind.Acknowledged, note.Length == 0 ? what : $"{what} {note}", climb.Causes, recipient, actor, step.Number, climb.Number);
    }

    private V1.CaseEntry Act(
        Kind kind,
        string text,
        IEnumerable<string> causes,
        V1.Recipient recipient,
        CaseActor actor,
        int step = 0,
        int climb = 0
    )
    {
        var entry = Add(kind, text, step, recipient.Name, causes: causes);
        (entry.Climb, entry.Actor, entry.ActorVerified, entry.ActorRole) = (climb, actor.Name, actor.Verified, actor.Role);
        return entry;
    }

    /// <summary>The causes that an act is about: those named, or the one that there is.</summary>
    private List<V1.Cause> Named(IReadOnlyCollection<string> causes) =>
        [.. _case.Causes.Where(cause => cause.CloseTime is null && (causes.Count == 0 || causes.Contains(cause.Id)))];

    /// <summary>Lets an answered step hold the climb for its decision, where it may.</summary>
    private bool TryHold(V1.Climb climb, V1.Step step)
    {
        var internals = InternalsOf(climb);
        if (climb.State == State.Decided || !Holds(climb, step.Role) || (CaseRules.IsOfState(step.Role) && WaitsForRegional(climb)))
        {
            return false;
        }

        internals.Unheld ??= Unheld(climb, step.AcknowledgeTime);

        // A late answer of an earlier step must not shorten what a later one has left.
        var answersCurrent = step.Number == climb.CurrentStep && climb.State == State.AwaitingAcknowledgement;
        var due = answersCurrent ? step.DecideDueTime : Later(internals.ClimbDue, step.DecideDueTime);
        climb.State = State.AwaitingDecision;
        Hold(climb, due, step.Role);
        return true;
    }

    private void Hold(V1.Climb climb, Timestamp until, V1.Role role)
    {
        var internals = InternalsOf(climb);
        internals.ByState &= CaseRules.IsOfState(role);
        if (!CaseRules.IsOfState(role) && internals.RegionalDue is { } regional)
        {
            var wait = Waits(climb, climb.CurrentStep + 1, RegionalStep(climb)!.Value);
            internals.RegionalDue = Later(regional, (until.ToDateTimeOffset() + wait).ToTimestamp());
        }

        DueAt(climb, until);
    }

    private static string Titles(List<V1.Cause> causes) => string.Join(" and ", causes.Select(cause => $"“{cause.Title}”"));

    private static Timestamp Later(Timestamp? one, Timestamp other) => one is not null && one > other ? one : other;
}
