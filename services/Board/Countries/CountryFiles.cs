using System.Collections.Concurrent;
using EarlyWarning.Board.Calls;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Board.Countries;

/// <summary>
/// The countries that were looked at last, for as long as nothing new is heard of them: whoever opens a page is shown the same by its
/// socket as by its first answer, and many who look at one country ask for it once. Thread-safe.
/// </summary>
internal sealed class CountryFiles(SuiteClient suite, PastScores past, TimeProvider time)
{
    private const int Most = 50;
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<CountryQuestion, (CountryFile File, long Mark, DateTimeOffset At)> _kept = new();

    /// <summary>A country as it stands, in the viewer's name.</summary>
    /// <param name="question">What is asked for; of a country that the viewer may see.</param>
    /// <param name="active">The active version of the framework.</param>
    /// <param name="mark">What changes with each news of the country.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcException">The suite does not answer, or not this viewer.</exception>
    public async ValueTask<CountryFile> GetAsync(
        CountryQuestion question,
        Framework active,
        long mark,
        IViewer viewer,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        if (_kept.TryGetValue(question, out var kept) && kept.Mark == mark && now - kept.At < s_fresh)
        {
            return kept.File;
        }

        var file = await new CountryReader(suite, past, question, SuiteClient.Call(viewer, cancellationToken)).ReadAsync(active, now);
        foreach (var old in _kept.Where(one => now - one.Value.At >= s_fresh).Select(one => one.Key))
        {
            _kept.TryRemove(old, out _);
        }

        // What was not answered is asked for again by the next who looks.
        if (_kept.Count < Most && file.Faults.Count == 0)
        {
            _kept[question] = (file, mark, now);
        }

        return file;
    }
}
