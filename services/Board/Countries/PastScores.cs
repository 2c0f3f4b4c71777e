using System.Collections.Concurrent;
using EarlyWarning.Board.Calls;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Board.Countries;

/// <summary>
/// What was known of countries at past moments, kept for some minutes: only a backfill changes it, and each costs the suite a reading of
/// the country's journal. Thread-safe.
/// </summary>
internal sealed class PastScores(SuiteClient suite, TimeProvider time)
{
    private const int Most = 5_000;
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(string Name, DateTimeOffset At), (ScoreSample Sample, DateTimeOffset Asked)> _kept = new();

    /// <summary>What was known at each of some moments.</summary>
    /// <param name="name">The risk's name.</param>
    /// <param name="moments">The moments.</param>
    /// <param name="call">How to ask.</param>
    /// <exception cref="RpcException">The suite does not answer.</exception>
    public async Task<IReadOnlyList<ScoreSample>?> AtAsync(string name, IReadOnlyList<DateTimeOffset> moments, CallOptions call)
    {
        var now = time.GetUtcNow();
        if (_kept.Count > Most)
        {
            foreach (var old in _kept.Where(one => now - one.Value.Asked > s_kept).Select(one => one.Key))
            {
                _kept.TryRemove(old, out _);
            }
        }

        return await Task.WhenAll(moments.Select(at => AtAsync(name, at, now, call)));
    }

    private async Task<ScoreSample> AtAsync(string name, DateTimeOffset at, DateTimeOffset now, CallOptions call)
    {
        if (_kept.TryGetValue((name, at), out var kept) && now - kept.Asked < s_kept)
        {
            return kept.Sample;
        }

        ScoreSample sample;
        try
        {
            var risk = (await suite.Risks.GetCountryRiskAsync(new() { Name = name, AsOf = at.ToTimestamp() }, call)).Risk;
            sample = new(at, risk.HasScore ? risk.Score : null, risk.Interval);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            // There was no such framework yet.
            sample = new(at, null, null);
        }

        if (_kept.Count < Most)
        {
            _kept[(name, at)] = (sample, now);
        }

        return sample;
    }
}
