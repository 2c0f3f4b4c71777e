using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Numerics;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>
/// The distribution of a country's state by draws that framework version, country and indicator fix: the same state gives the same bits for
/// ever, and fewer draws are the first of more. Nodes are drawn when they are asked for. Not thread-safe.
/// </summary>
public sealed class StateDistribution
{
    /// <summary>The draws behind a range: its ends then err by about 3 % of its width.</summary>
    public const int RangeDraws = 4_096;

    /// <summary>The draws behind a probability that a decision needs: its standard error is then at most 0.004.</summary>
    public const int DecisionDraws = 16_384;

    /// <summary>The share of the draws that a range holds.</summary>
    public const double Confidence = 0.9;

    private const double Tail = (1 - Confidence) / 2;
    private readonly ScoreState _state;
    private readonly int _draws;
    private readonly double[]?[] _scores;
    private int[]? _levels;

    private StateDistribution(ScoreState state, int draws)
    {
        (_state, _draws) = (state, draws);
        _scores = new double[state.Framework.Nodes.Length][];
    }

    /// <summary>
    /// Gets the probability of each level, lowest first; empty where the root has no score or errors are mostly not known.
    /// </summary>
    public ImmutableArray<ProbabilityEstimate> Levels =>
        _state.Score is null || !IsKnown(Framework.Root)
            ? []
            : [.. Framework.Model.Bands.Select((_, level) => ProbabilityEstimate.Of(DrawnLevels().Count(drawn => drawn == level), _draws))];

    /// <summary>
    /// Gets the index of the level with the highest probability, the higher one of two alike; −1 where they are not known.
    /// </summary>
    public int LikeliestLevel
    {
        get
        {
            var (levels, likeliest) = (Levels, -1);
            for (var level = 0; level < levels.Length; level++)
                if (likeliest < 0 || levels[level].Value >= levels[likeliest].Value)
                    likeliest = level;
            return likeliest;
        }
    }

    private CompiledFramework Framework => _state.Framework;

    /// <summary>Draws a state.</summary>
    /// <param name="state">The state as of the last update; later changes to it do not matter.</param>
    /// <param name="draws">How many draws.</param>
    /// <returns>The distribution.</returns>
    public static StateDistribution Of(ScoreState state, int draws = RangeDraws)
    {
        ArgumentNullException.ThrowIfNull(state);
        var copy = new ScoreState(state.Framework, state.Country);
        copy.CopyFrom(state);
        return new StateDistribution(copy, draws);
    }

    /// <summary>Gets the central range of a node, extended to its score where skew puts that outside.</summary>
    /// <param name="node">The node's number.</param>
    /// <returns>The range with the share of the draws inside; null without a score, and where errors are mostly not known.</returns>
    public NodeRange? Range(int node)
    {
        if (_state.NodeScore(node) is not { } score || !IsKnown(node))
            return null;
        double[] drawn = [.. Scores(node)];
        Array.Sort(drawn);
        var low = Math.Min(score, Quantile.OfSorted(drawn, Tail));
        var high = Math.Max(score, Quantile.OfSorted(drawn, 1 - Tail));
        return new NodeRange(low, high, (double)drawn.Count(one => one >= low && one <= high) / drawn.Length);
    }

    /// <summary>Gets the probability that a node's true score is at or above a value.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="value">The value.</param>
    /// <returns>The share of the draws; null without a score, and where errors are mostly not known.</returns>
    public double? AtLeast(int node, double value) =>
        _state.NodeScore(node) is null || !IsKnown(node) ? null : (double)Scores(node).Count(score => score >= value) / _draws;

    /// <summary>Gets the probability that the level is at or above one.</summary>
    /// <param name="level">The level's index.</param>
    /// <returns>The share of the draws; null where errors are mostly not known, and where no node has a level.</returns>
    public double? LevelAtLeast(int level) =>
        _state.DecidingNode is >= 0 and var node && IsKnown(node) ? (double)DrawnLevels().Count(drawn => drawn >= level) / _draws : null;

    /// <summary>Gets the central range of a leaf's true value, in its own unit.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <returns>The range; null while the leaf is missing, and where its error is not known.</returns>
    public NodeRange? LeafRange(int leaf)
    {
        if (_state.LeafValue(leaf) is not { } value || _state.LeafStandardError(leaf) is null)
            return null;
        var truth = _state.UncertainOf(leaf);
        var (low, high) = (Math.Min(value, truth.QuantileOf(Tail)), Math.Max(value, truth.QuantileOf(1 - Tail)));
        return new NodeRange(low, high, truth.Between(low, high));
    }

    /// <summary>Gets the probability that a leaf's true value is at or above a value.</summary>
    /// <param name="leaf">The leaf's number.</param>
    /// <param name="value">The value, in the leaf's unit.</param>
    /// <returns>The probability; null while the leaf is missing, and where its error is not known.</returns>
    public double? LeafAtLeast(int leaf, double value) => _state.LeafProbabilityAtLeast(leaf, value);

    /// <summary>What the draws of a state are fixed by, beside country and indicator.</summary>
    internal static ulong KeyOf(ScoreState state) => Seed.Of(state.Framework.Model.Id, state.Framework.Model.Version);

    /// <summary>A node's score in each draw.</summary>
    internal ReadOnlySpan<double> Drawn(int node) => Scores(node);

    private bool IsKnown(int node) => _state.UnknownErrorShare(node) is <= 0.5;

    private int[] DrawnLevels()
    {
        if (_levels is not null)
            return _levels;
        var levels = new int[_draws];
        for (var node = Framework.Root; node >= 0; node--)
        {
            if (_state.NodeLevel(node) < 0)
                continue;
            var (scores, scale) = (Scores(node), Framework.LevelsOf(node));
            for (var draw = 0; draw < levels.Length; draw++)
                levels[draw] = Math.Max(levels[draw], scale?.Of(scores[draw]) ?? Framework.LevelOf(scores[draw]));
        }

        return _levels = levels;
    }

    private double[] Scores(int node)
    {
        if (_scores[node] is { } known)
            return known;
        var scores = new double[_draws];
        var options = new MonteCarloOptions
        {
            Node = Framework.Nodes[node].Code,
            Draws = _draws,
            Threads = 1,
        };
        new DrawRun(new DrawModel(_state, options), KeyOf(_state), _draws, 1).Run(
            null,
            new DrawnScores([scores], null),
            CancellationToken.None
        );
        return _scores[node] = scores;
    }
}

/// <summary>A central range of draws.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Probability">The share of the draws inside.</param>
public readonly record struct NodeRange(double Low, double High, double Probability);
