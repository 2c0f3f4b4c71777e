using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Scoring.Engine.Explanation;

/// <summary>
/// Finds the nearest change of level: for each indicator alone by bisection within its range (from the first of 64 steps that does it,
/// where more of an indicator may both raise and lower the score), and for all together by the common part of every indicator's way.
/// Source: S. Wachter,
/// B. Mittelstadt, C. Russell, "Counterfactual Explanations without Opening the Black Box", Harvard Journal of Law and Technology 31
/// (2018).
/// </summary>
public sealed class NearestChanges
{
    private const int Steps = 64;

    private readonly ScoreState _state;
    private readonly ScoreState _trial;
    private readonly (double Low, double High)?[] _ranges;
    private readonly bool _lower;

    private NearestChanges(ScoreState state, (double Low, double High)?[] ranges, bool lower)
    {
        (_state, _ranges, _lower) = (state, ranges, lower);
        _trial = new ScoreState(state.Framework, state.Country);
        _trial.CopyFrom(state);
    }

    /// <summary>Looks for the nearest change.</summary>
    /// <param name="state">A state after an update; it stays as it is.</param>
    /// <param name="step">To which level.</param>
    /// <param name="ranges">
    /// The valid ranges of indicators by code, in their own units; for one that is not named it is what its method says: goalposts, the
    /// predictor's range, or the range of the reference set. An indicator of which no range is known, or that has no value, stays as it is.
    /// </param>
    /// <returns>The change; null without a score, and in the lowest or highest level.</returns>
    public static NearestChange? Find(ScoreState state, LevelStep step, IReadOnlyDictionary<string, ValueRange>? ranges = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        var level = state.LevelIndex;
        var next = level + (step == LevelStep.Lower ? -1 : 1);
        if (level < 0 || next < 0 || next >= state.Framework.BandBounds.Length)
            return null;
        var search = new NearestChanges(state, LeafRanges.Of(state, ranges), step == LevelStep.Lower);
        return new NearestChange(level, next, search.Alone(), search.Joint());
    }

    private ImmutableArray<LeafMove> Alone()
    {
        var moves = new List<LeafMove>();
        for (var leaf = 0; leaf < _ranges.Length; leaf++)
        {
            if (_ranges[leaf] is not { } range)
                continue;
            var from = _state.LeafValue(leaf)!.Value;
            var steps = LeafRanges.IsMonotone(_state.Framework, leaf) ? 1 : Steps;
            double[] found =
            [
                .. new[] { range.Low, range.High }.Select(end => First(from, end, steps, value => Try(leaf, value))).OfType<double>(),
            ];
            Reset(leaf);
            if (found.Length > 0)
                moves.Add(Move(leaf, found.MinBy(value => Math.Abs(value - from))));
        }

        return [.. moves.OrderBy(move => move.Share).ThenBy(move => move.Leaf)];
    }

    private JointMove? Joint()
    {
        var ends = new double?[_ranges.Length];
        for (var leaf = 0; leaf < ends.Length; leaf++)
            if (_ranges[leaf] is { } range)
                ends[leaf] = Best(leaf, range.Low, range.High);
        if (First(0, 1, Steps, IsThere) is not { } fraction)
            return null;
        var moves = Enumerable.Range(0, ends.Length).Where(leaf => ends[leaf] is not null).Select(leaf => Move(leaf, At(leaf, fraction)));
        return new JointMove(fraction, [.. moves]);

        bool IsThere(double part)
        {
            for (var leaf = 0; leaf < ends.Length; leaf++)
                if (ends[leaf] is not null)
                    _trial.Set(leaf, At(leaf, part), _state.LeafStandardError(leaf));
            _trial.Update();
            return IsPast();
        }

        double At(int leaf, double part) => _state.LeafValue(leaf)!.Value is var from ? from + (part * (ends[leaf]!.Value - from)) : from;
    }

    /// <summary>The end of an indicator's range that alone moves the score farther the right way; null where neither does.</summary>
    private double? Best(int leaf, double low, double high)
    {
        var sign = _lower ? -1 : 1;
        var (best, gain) = ((double?)null, 0.0);
        foreach (var end in new[] { low, high })
        {
            Try(leaf, end);
            if (_trial.Score is { } score && sign * (score - _state.Score!.Value) > gain)
                (best, gain) = (end, sign * (score - _state.Score.Value));
        }

        Reset(leaf);
        return best;
    }

    /// <summary>
    /// The point nearest to the start at which a condition holds, which it does not there; null where it holds at none of the steps.
    /// </summary>
    private static double? First(double from, double end, int steps, Func<double, bool> holds)
    {
        for (var step = 1; step <= steps; step++)
        {
            var (near, far) = (from + ((end - from) * (step - 1) / steps), step == steps ? end : from + ((end - from) * step / steps));
            if (!holds(far))
                continue;
            for (var middle = near + ((far - near) / 2); middle != near && middle != far; middle = near + ((far - near) / 2))
            {
                if (holds(middle))
                    far = middle;
                else
                    near = middle;
            }

            return far;
        }

        return null;
    }

    private bool Try(int leaf, double value)
    {
        _trial.Set(leaf, value, _state.LeafStandardError(leaf));
        _trial.Update();
        return IsPast();
    }

    private void Reset(int leaf) => Try(leaf, _state.LeafValue(leaf)!.Value);

    /// <summary>Whether the level, by the score and by the nodes that decide beside it, is another one the right way.</summary>
    private bool IsPast() => _trial.LevelIndex is >= 0 and var level && (_lower ? level < _state.LevelIndex : level > _state.LevelIndex);

    private LeafMove Move(int leaf, double to)
    {
        var (from, range) = (_state.LeafValue(leaf)!.Value, _ranges[leaf]!.Value);
        return new LeafMove(leaf, _state.Framework.Leaves[leaf].Indicator, from, to, Math.Abs(to - from) / (range.High - range.Low));
    }
}
