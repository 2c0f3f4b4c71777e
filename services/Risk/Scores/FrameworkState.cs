using EarlyWarning.Catalogue;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Risk.Scores;

/// <summary>A country under one framework: the score of now and the one before the last input, and until when each value counts.</summary>
internal sealed partial class FrameworkState
{
    private readonly IndicatorSeries?[] _indicators;
    private readonly long[] _ends;
    private readonly ulong[] _touched;
    private StateDistribution? _distribution;

    public FrameworkState(ActiveFramework active, string country)
    {
        Active = active;
        Unit = new(country);
        Present = new(active.Compiled, Unit);
        Before = new(active.Compiled, Unit);
        _indicators = new IndicatorSeries?[Compiled.LeafCount];
        _ends = new long[Compiled.LeafCount];
        Array.Fill(_ends, long.MaxValue);
        _touched = new ulong[(Compiled.LeafCount + 63) / 64];
    }

    public ActiveFramework Active { get; }

    public CompiledFramework Compiled => Active.Compiled;

    /// <summary>The country as the framework's reference set may know it.</summary>
    public ReferenceUnit Unit { get; }

    public ScoreState Present { get; }

    /// <summary>The state before the last input; meaningful while <see cref="Changed"/>.</summary>
    public ScoreState Before { get; }

    /// <summary>The last input has put in or taken out a value.</summary>
    public bool Changed { get; private set; }

    /// <summary>
    /// The distribution of the present state, with the draws that a decision needs; drawn where it is asked, and kept until something
    /// changes.
    /// </summary>
    public StateDistribution Distribution => _distribution ??= StateDistribution.Of(Present, StateDistribution.DecisionDraws);

    public ScoreState Previous => Changed ? Before : Present;

    /// <summary>No value stops counting before this moment.</summary>
    public long NextEnd { get; private set; } = long.MaxValue;

    public long ChangeTime { get; set; }

    public Trend Trend { get; } = new();

    /// <summary>The score that was journalled last.</summary>
    public ScoreRecord? Recorded { get; set; }

    public IndicatorSeries? Indicator(int leaf) => _indicators[leaf];

    /// <summary>Until when the newest value of a leaf counts, or counted.</summary>
    public long End(int leaf) => _ends[leaf];

    /// <summary>Counts the valid observations of a range of leaves, and their sources.</summary>
    public (int Observations, int Sources) Basis(int firstLeaf, int count)
    {
        var sources = new HashSet<string>(StringComparer.Ordinal);
        var observations = 0;
        for (var leaf = firstLeaf; leaf < firstLeaf + count; leaf++)
        {
            if (Present.LeafValue(leaf) is not null && _indicators[leaf]?.Chosen is { } series)
            {
                observations++;
                sources.Add(series.Source);
            }
        }

        return (observations, sources.Count);
    }

    /// <summary>Starts a new input.</summary>
    public void Begin()
    {
        Changed = false;
        Array.Clear(_touched);
    }

    public void Attach(int leaf, IndicatorSeries indicator, long clock)
    {
        _indicators[leaf] = indicator;
        Refresh(leaf, clock, touch: false);
        NoteForecast(leaf, clock);
    }

    /// <summary>Notes live news on a leaf, which may leave its value as it is: a second source is news too.</summary>
    public void Touch(int leaf) => _touched[leaf >> 6] |= 1UL << (leaf & 63);

    /// <summary>Takes over a leaf's newest observation.</summary>
    public void Refresh(int leaf, long clock, bool touch)
    {
        if (_indicators[leaf]?.Chosen is not { } series)
        {
            return;
        }

        KeepBefore();
        if (touch)
        {
            Touch(leaf);
        }

        var end = _ends[leaf] = Validity.End(series.Observed, Validity.Of(Compiled.Leaves[leaf]));
        if (end > clock && double.IsFinite(series.Value))
        {
            Present.Set(leaf, series.Value, series.StatedError);
            NextEnd = Math.Min(NextEnd, end);
        }
        else
        {
            Present.Clear(leaf);
        }
    }

    /// <summary>Notes that a leaf's forecasts have changed.</summary>
    public void NoteForecast(int leaf, long clock)
    {
        if (_indicators[leaf]?.ChooseForecast(clock, Validity.Of(Compiled.Leaves[leaf]), out var end) is not null)
        {
            NextEnd = Math.Min(NextEnd, end);
        }
    }

    /// <summary>Whether the last input brought live news on a leaf of a range.</summary>
    public bool TouchedAny(int firstLeaf, int count)
    {
        var end = firstLeaf + count;
        for (var leaf = firstLeaf; leaf < end; leaf = (leaf | 63) + 1)
        {
            var word = _touched[leaf >> 6] >> (leaf & 63);
            var left = end - leaf;
            if ((left < 64 ? word & ((1UL << left) - 1) : word) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Scores once for all that the input has changed.</summary>
    public void Finish(long time)
    {
        if (!Changed)
        {
            return;
        }

        Present.Update();
        if (!Nullable.Equals(Before.Score, Present.Score))
        {
            ChangeTime = time;
            Trend.Add(time, Present.Score);
        }
    }

    private void KeepBefore()
    {
        if (!Changed)
        {
            Before.CopyFrom(Present);
            Changed = true;
        }

        _distribution = null;
    }
}
