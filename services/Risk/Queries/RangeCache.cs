using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using EarlyWarning.Catalogue.Scores;
using EarlyWarning.Risk.Telemetry;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Queries;

/// <summary>
/// Ranges of scores, drawn when somebody asks and kept by what they are drawn from: framework version, country, values and errors. So they
/// are always of the state that is shown, and the same state asked again costs nothing. One is drawn at a time in this silo, so that intake
/// keeps the
/// processors. Thread-safe.
/// </summary>
internal sealed class RangeCache(RiskMetrics metrics) : IDisposable
{
    /// <summary>Room for the present states of all countries under a handful of frameworks; a range is a few hundred bytes.</summary>
    private const int Most = 4_096;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, LinkedListNode<(UInt128 Key, ScoreRanges Ranges)>> _kept = [];
    private readonly LinkedList<(UInt128 Key, ScoreRanges Ranges)> _order = new();

    /// <summary>Gets the ranges of a state as it is at the call; it may change afterwards.</summary>
    public async Task<ScoreRanges> OfAsync(ScoreState state, CancellationToken cancellationToken)
    {
        var key = KeyOf(state);
        if (Find(key) is { } kept)
        {
            return kept;
        }

        var copy = new ScoreState(state.Framework, state.Country);
        copy.CopyFrom(state);
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (Find(key) is { } meanwhile)
            {
                return meanwhile;
            }

            var drawn = await Task.Run(() => ScoreRanges.Of(copy), cancellationToken);
            metrics.Simulations.Add(1);
            Keep(key, drawn);
            return drawn;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static UInt128 KeyOf(ScoreState state)
    {
        var framework = state.Framework;
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes($"{framework.Model.Id}/{framework.Model.Version}/{state.Country?.Key}"));
        Span<double> leaf = stackalloc double[2];
        for (var i = 0; i < framework.LeafCount; i++)
        {
            leaf[0] = state.LeafValue(i) ?? double.NaN;
            leaf[1] = state.LeafStandardError(i) ?? double.NaN;
            hash.Append(MemoryMarshal.AsBytes(leaf));
            hash.Append([state.LeafErrorIsDefault(i) ? (byte)1 : (byte)0]);
        }

        return hash.GetCurrentHashAsUInt128();
    }

    private ScoreRanges? Find(UInt128 key)
    {
        lock (_gate)
        {
            if (!_kept.TryGetValue(key, out var node))
            {
                return null;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Ranges;
        }
    }

    private void Keep(UInt128 key, ScoreRanges ranges)
    {
        lock (_gate)
        {
            _kept[key] = _order.AddFirst((key, ranges));
            if (_kept.Count > Most)
            {
                _kept.Remove(_order.Last!.Value.Key);
                _order.RemoveLast();
            }
        }
    }
}
