using System.Security.Cryptography;
using System.Text;
using static EarlyWarning.V1.Breach.Types;
using static EarlyWarning.V1.CaseEntry.Types;
using State = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Escalation.Cases;

/// <content>How breaches open a case, join it as causes, and end in it.</content>
internal sealed partial class CaseChangeBuilder
{
    /// <summary>The name of the case that a breach opens: the same for every delivery of it.</summary>
    public static string NameFor(V1.Breach breach)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{breach.Country}\n{breach.Name}"));
        return $"cases/{breach.Country}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}";
    }

    /// <summary>
    /// Takes in a breach, or a later state of one: it opens the case where there is none, also where its end is delivered before its
    /// beginning, because somebody has to look at it all the same.
    /// </summary>
    /// <param name="breach">The breach.</param>
    /// <param name="known">What is known of it; <see langword="null"/> where nothing is.</param>
    public void Take(V1.Breach breach, CaseBreach? known)
    {
        if (known is not null)
        {
            Note(breach, _case.Causes.First(cause => cause.Id == known.Cause), known);
        }
        else if (_case.Causes.FirstOrDefault(cause => cause.Id == breach.Cause && cause.CloseTime is null) is { } cause)
        {
            Recur(breach, cause);
        }
        else
        {
            Begin(breach);
        }
    }

    /// <summary>Begins a cause: the first one opens the case.</summary>
    private void Begin(V1.Breach breach)
    {
        var opens = _case.Name.Length == 0;
        if (opens)
        {
            (_case.Name, _case.Country, _case.CountryName) = (NameFor(breach), breach.Country, breach.CountryName);
            (_case.Exercise, _case.OpenTime) = (breach.Exercise, _now);
        }

        // One that people ended before is open again; its earlier breaches are still its own, and end in it.
        var cause = _case.Causes.FirstOrDefault(one => one.Id == breach.Cause);
        if (cause is null)
        {
            cause = new V1.Cause { Id = breach.Cause };
            _case.Causes.Add(cause);
            _internals.Causes.Add(new CauseInternals { Id = cause.Id });
        }

        (cause.OpenTime, cause.CloseTime, cause.Severity) = (_now, null, SeverityOf(breach));
        InternalsOf(cause).StoodDown = null;
        Add(
            opens ? Kind.Opened : Kind.CauseJoined,
            $"{(opens ? "Opened by a breach" : "A further cause, by a breach")} of “{breach.Threshold?.DisplayName}”: {breach.Sentence}",
            resource: breach.Name,
            causes: [cause.Id]
        );
        Note(breach, cause, null);
        if (cause.CloseTime is null)
        {
            Place(cause);
        }
    }

    /// <summary>
    /// Adds a further breach of an open cause. A more severe one is asked about anew. So is one that comes when the cause is decided or
    /// exhausted and nothing of it fires any more: that is a new danger, which the old answers do not cover.
    /// </summary>
    private void Recur(V1.Breach breach, V1.Cause cause)
    {
        var worse = SeverityOf(breach) > cause.Severity;
        var anew = cause.State is State.Decided or State.Exhausted && !cause.Firing;
        Add(
            Kind.BreachJoined,
            $"A further breach, of “{breach.Threshold?.DisplayName}”: {breach.Sentence}",
            resource: breach.Name,
            causes: [cause.Id]
        );
        cause.Severity = worse ? SeverityOf(breach) : cause.Severity;
        Note(breach, cause, null);
        var covered = ClimbOf(cause) is { State: State.AwaitingAcknowledgement } climb && climb.Severity >= cause.Severity;
        if (anew || (worse && !covered))
        {
            Add(
                Kind.Reopened,
                anew
                    ? "It is asked about anew, because a new breach came after the earlier ones had ended."
                    : $"It is asked about anew, because a more severe breach came: {Words(cause.Severity)}.",
                resource: breach.Name,
                causes: [cause.Id]
            );
            Place(cause);
        }
    }

    /// <summary>Takes in what a breach says. Its end closes nothing, unless its threshold was retired: people do.</summary>
    private void Note(V1.Breach breach, V1.Cause cause, CaseBreach? known)
    {
        var internals = InternalsOf(cause);
        var (fires, fired) = (breach.State == V1.Breach.Types.State.Firing, known?.State == V1.Breach.Types.State.Firing);
        internals.Firing += (fires ? 1 : 0) - (fired ? 1 : 0);
        internals.Retired += !fires && breach.EndReason == EndReason.ThresholdRetired && (known is null || fired) ? 1 : 0;
        cause.BreachCount += known is null ? 1 : 0;
        cause.Firing = internals.Firing > 0;
        var ends = !fires && (known is null || fired);
        internals.Resolved = !cause.Firing && (ends ? breach.State == V1.Breach.Types.State.Resolved : internals.Resolved);
        var newest =
            internals.NewestFire is null
            || (breach.FireTime, breach.Position).CompareTo((internals.NewestFire, internals.NewestPosition)) >= 0;
        if (newest)
        {
            (internals.NewestFire, internals.NewestPosition) = (breach.FireTime, breach.Position);
            (cause.Breach, cause.Title, cause.Sentence) = (breach.Name, breach.Threshold?.DisplayName ?? "", breach.Sentence);
            cause.Revision = breach.Position;
        }

        if (ends)
        {
            Add(
                Kind.BreachEnded,
                $"The breach of “{breach.Threshold?.DisplayName}” {HowItEnded(breach)}",
                resource: breach.Name,
                causes: [cause.Id]
            );
            if (internals.Retired == cause.BreachCount && cause.CloseTime is null)
            {
                End(cause, State.Ended);
                Add(Kind.CauseEnded, $"“{cause.Title}” ends here: the thresholds that it was about were retired.", causes: [cause.Id]);
            }
        }
    }

    private void End(V1.Cause cause, State how)
    {
        Leave(cause);
        (cause.State, cause.CloseTime, cause.Climb) = (how, _now, 0);
    }

    private static string HowItEnded(V1.Breach breach) =>
        breach.EndReason switch
        {
            EndReason.ThresholdRetired => "ended, because its threshold was retired, not because the risk went down.",
            EndReason.ThresholdChanged =>
                "ended, because its threshold was changed or disabled, not because the risk went down. It stays open until people decide.",
            _ => "was resolved: its condition no longer holds. It stays open until people decide it or stand it down.",
        };

    private static V1.Severity SeverityOf(V1.Breach breach) => breach.Threshold?.Severity ?? V1.Severity.Unspecified;

    private static string Words(V1.Severity severity) => severity.ToString().ToLowerInvariant();
}
