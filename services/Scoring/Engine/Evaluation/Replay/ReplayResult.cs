using System.Collections.Immutable;

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>What a rule's warnings would have come to.</summary>
/// <param name="Warnings">
/// The warnings with their verdicts, by country, then by time; those that were over before the time judged are left out.
/// </param>
/// <param name="Events">The events of the time judged, by time, then by country.</param>
/// <param name="WarnedShare">
/// The share of the countries' time, from their first point on, in which an event would have been covered, 0 to 1: what warnings given at
/// random over as much time would find of the events.
/// </param>
public sealed record ReplayResult(ImmutableArray<JudgedWarning> Warnings, ImmutableArray<JudgedEvent> Events, double WarnedShare)
{
    /// <summary>
    /// Gets the number of events that came before their country had a score, or to one that never had: they are not among the events.
    /// </summary>
    public int Unwatched { get; init; }

    /// <summary>Gets the number of warnings that were right.</summary>
    public int Hits => Count(Verdict.Hit);

    /// <summary>Gets the number of warnings that were wrong.</summary>
    public int FalseAlarms => Count(Verdict.FalseAlarm);

    /// <summary>Gets the number of warnings of which it is not known yet.</summary>
    public int Open => Count(Verdict.Open);

    /// <summary>Gets the number of events that were warned of.</summary>
    public int Found => Events.Count(one => one.LeadTime is not null);

    /// <summary>Gets the number of events that were not.</summary>
    public int Missed => Events.Length - Found;

    /// <summary>Gets how many of those came while a warning stood that had begun longer before than the horizon.</summary>
    public int MissedWhileStanding => Events.Count(one => one.Standing);

    /// <summary>Gets the share of the events that were warned of, 0 to 1; null without an event.</summary>
    public double? Recall => Events.IsEmpty ? null : (double)Found / Events.Length;

    /// <summary>Gets the share of the judged warnings that were right, 0 to 1; null without one.</summary>
    public double? Precision => Hits + FalseAlarms == 0 ? null : (double)Hits / (Hits + FalseAlarms);

    /// <summary>Gets the number of false alarms for each hit; null without a hit.</summary>
    public double? FalseAlarmsPerHit => Hits == 0 ? null : (double)FalseAlarms / Hits;

    /// <summary>Gets how long before events the first warning came; null where none was found.</summary>
    public LeadTimes? LeadTimes => Replay.LeadTimes.Of(Events.Where(one => one.LeadTime is not null).Select(one => one.LeadTime!.Value));

    private int Count(Verdict verdict) => Warnings.Count(warning => warning.Verdict == verdict);
}
