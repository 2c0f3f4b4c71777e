using System.Collections.Concurrent;

namespace EarlyWarning.Indicators.Intake.Sources;

/// <summary>
/// When the newest observation of each source was recorded. So many sources are told apart, those that were known first; the rest count as
/// one. History that is sent in afterwards says nothing of whether a source is alive, and does not count. Thread-safe.
/// </summary>
internal sealed class SourceAges(TimeProvider time)
{
    /// <summary>How many sources are told apart.</summary>
    public const int Most = 200;

    /// <summary>What was recorded further ahead of now than this was dated by a clock that was wrong.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Stands for the rest. No source is named so.</summary>
    public const string Others = "(others)";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _newest = new(StringComparer.Ordinal);

    /// <summary>What is known, by source.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Newest => _newest;

    /// <summary>Notes what of a batch was recorded.</summary>
    /// <param name="items">The items.</param>
    /// <param name="indices">The place of each among the outcomes.</param>
    /// <param name="outcomes">What became of each of the batch.</param>
    public void Note(ReadOnlySpan<V1.Observation> items, ReadOnlySpan<int> indices, ReadOnlySpan<V1.Outcome> outcomes)
    {
        var now = time.GetUtcNow();
        var last = "";
        for (var i = 0; i < items.Length; i++)
        {
            // Nearly always one source after itself.
            if (outcomes[indices[i]] == V1.Outcome.Recorded && items[i].Source is var source && source != last)
            {
                Know(source, now);
                last = source;
            }
        }
    }

    /// <summary>Notes that an observation of a source was recorded then.</summary>
    public void Know(string source, DateTimeOffset recorded) =>
        _newest.AddOrUpdate(_newest.Count < Most || _newest.ContainsKey(source) ? source : Others, recorded, (_, known) =>
            known > recorded && !IsWrong(known) ? known : recorded
        );

    /// <summary>
    /// Whether a moment is so far ahead that a clock which was wrong has dated it: a source that is silent must not seem heard until then.
    /// </summary>
    public bool IsWrong(DateTimeOffset recorded) => recorded > time.GetUtcNow() + Ahead;
}
