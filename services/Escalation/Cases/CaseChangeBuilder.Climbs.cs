using EarlyWarning.Store.Tracing;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <content>Which climb asks about which cause. Each open cause belongs to one climb, or is noted behind one.</content>
internal sealed partial class CaseChangeBuilder
{
    /// <summary>
    /// Decides who is asked about a cause that is new or has become worse. While nobody has answered, it is asked about together with the
    /// others, by the ladder of the most severe. After an answer one that is less severe is noted and told to the step that answers; any
    /// other climbs for itself.
    /// </summary>
    private void Place(V1.Cause cause)
    {
        Leave(cause);
        if (Worst(State.AwaitingAcknowledgement) is { } unanswered)
        {
            Join(cause, unanswered);
        }
        else if (Worst(State.AwaitingDecision) is { } answered && answered.Severity > cause.Severity)
        {
            (cause.State, cause.Climb) = (State.Noted, answered.Number);
            var step = answered.Steps[answered.CurrentStep - 1];
            Add(
                Kind.CauseJoined,
                $"“{cause.Title}” is noted: it is less severe than what was answered, and step {step.Number}, {step.DisplayName}, is "
                    + $"told of it.",
                step.Number,
                cause.Breach,
                answered,
                [cause.Id]
            );
            _news.Add(new(answered.Number, step.Number, cause.Breach, cause.Id));
        }
        else
        {
            BeginClimb([cause], cause.Severity);
        }
    }

    private void Join(V1.Cause cause, V1.Climb unanswered)
    {
        if (cause.Severity <= unanswered.Severity)
        {
            unanswered.Causes.Add(cause.Id);
            var step = unanswered.Steps[unanswered.CurrentStep - 1];
            _news.Add(new(unanswered.Number, step.Number, cause.Breach, cause.Id));
            return;
        }

        var all = _case.Causes.Where(one => unanswered.Causes.Contains(one.Id)).Append(cause).ToList();
        Remove(unanswered);
        Add(
            Kind.Reopened,
            $"The climb begins again with the deadlines of the most severe cause: {Words(cause.Severity)}.",
            causes: all.Select(one => one.Id)
        );
        BeginClimb(all, cause.Severity);
    }

    /// <summary>What was noted is asked about once nothing that is more severe waits for anybody.</summary>
    private void BeginForTheNoted()
    {
        var left = _case
            .Causes.Where(cause =>
                cause.State == State.Noted && cause.CloseTime is null && ClimbOf(cause) is not { State: State.AwaitingDecision }
            )
            .ToList();
        if (left.Count > 0)
        {
            Add(
                Kind.Reopened,
                "What was noted is asked about now: nothing more severe waits for an answer.",
                causes: left.Select(cause => cause.Id)
            );
            BeginClimb(left, left.Max(cause => cause.Severity));
        }
    }

    /// <summary>Whoever is asked is asked about all that waited behind the climb.</summary>
    private void TakeNoted(V1.Climb climb)
    {
        foreach (var noted in _case.Causes.Where(cause => cause.State == State.Noted && cause.Climb == climb.Number))
        {
            climb.Causes.Add(noted.Id);
            noted.State = State.AwaitingAcknowledgement;
        }
    }

    private void BeginClimb(IReadOnlyCollection<V1.Cause> causes, V1.Severity severity)
    {
        var climb = new V1.Climb
        {
            Number = ++_internals.ClimbsBegun,
            Severity = severity,
            Causes = { causes.Select(cause => cause.Id) },
            Steps = { context.Ladder.For(severity) },
        };
        foreach (var cause in causes)
        {
            cause.Climb = climb.Number;
            cause.State = State.AwaitingAcknowledgement;
        }

        _case.Climbs.Add(climb);
        _internals.Climbs.Add(new ClimbInternals { Number = climb.Number, Trace = Traces.Current });
        ClimbFrom(climb, 1);
    }

    /// <summary>
    /// The climbs about causes that somebody acts on, none of which is about any other: what they do not name goes on as it was. A cause
    /// that was noted is taken out of its wait and shares the answers of the climb that it waited behind.
    /// </summary>
    private List<V1.Climb> Split(IReadOnlyCollection<V1.Cause> named)
    {
        List<V1.Climb> climbs = [];
        foreach (var group in named.GroupBy(cause => cause.Climb).ToList())
        {
            var climb = _case.Climbs.First(one => one.Number == group.Key);
            var acted = climb.Causes.All(id => group.Any(cause => cause.Id == id)) ? climb : Part(climb);
            foreach (var cause in group.Where(cause => !acted.Causes.Contains(cause.Id)))
            {
                climb.Causes.Remove(cause.Id);
                acted.Causes.Add(cause.Id);
                (cause.Climb, cause.State) = (acted.Number, acted.State);
            }

            climbs.Add(acted);
        }

        return climbs;
    }

    private V1.Climb Part(V1.Climb climb)
    {
        var (part, internals) = (climb.Clone(), InternalsOf(climb).Clone());
        part.Number = internals.Number = ++_internals.ClimbsBegun;
        (internals.Unaddressed, internals.UnaddressedCause) = (false, false);
        part.Causes.Clear();
        _case.Climbs.Add(part);
        _internals.Climbs.Add(internals);
        return part;
    }

    private void Leave(V1.Cause cause)
    {
        if (ClimbOf(cause) is { } climb && climb.Causes.Remove(cause.Id) && climb.Causes.Count == 0)
        {
            Remove(climb);
        }
    }

    private void Remove(V1.Climb climb)
    {
        _case.Climbs.Remove(climb);
        _internals.Climbs.Remove(_internals.Climbs.FirstOrDefault(one => one.Number == climb.Number));
    }

    /// <summary>
    /// Says of each climb that nobody could be told of when nothing is to be told of it any more: it is gone, or somebody has answered it.
    /// Of a further cause they are still to be told after an answer, until there is a decision.
    /// </summary>
    private void SettleClimbs()
    {
        foreach (var number in _unaddressed.Union(_unaddressedCause).Order().ToList())
        {
            var climb = _case.Climbs.FirstOrDefault(one => one.Number == number);
            var owed =
                climb?.State is State.AwaitingAcknowledgement or State.Exhausted
                || (climb?.State == State.AwaitingDecision && _unaddressedCause.Contains(number));
            if (!owed)
            {
                _news.Add(StepNotice.Settled(number));
            }

            if (climb is not null)
            {
                var internals = InternalsOf(climb);
                (internals.Unaddressed, internals.UnaddressedCause) = (
                    owed && _unaddressed.Contains(number),
                    owed && _unaddressedCause.Contains(number)
                );
            }
        }
    }

    private V1.Climb? ClimbOf(V1.Cause cause) => _case.Climbs.FirstOrDefault(climb => climb.Number == cause.Climb);

    private V1.Climb? Worst(State state) =>
        _case
            .Climbs.Where(climb => climb.State == state)
            .OrderByDescending(climb => climb.Severity)
            .ThenBy(climb => climb.Number)
            .FirstOrDefault();
}
