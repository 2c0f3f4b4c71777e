using EarlyWarning.Risk.Observations;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Risk.Scores;

/// <content>What time does to a state: values stop counting, and forecasts.</content>
internal sealed partial class FrameworkState
{
    /// <summary>Takes out what no longer counts.</summary>
    public void Expire(long clock)
    {
        if (clock < NextEnd)
        {
            return;
        }

        for (var leaf = 0; leaf < _ends.Length; leaf++)
        {
            if (_ends[leaf] <= clock && Present.LeafValue(leaf) is not null)
            {
                KeepBefore();
                Present.Clear(leaf);
            }
        }

        CountEnds(clock);
    }

    /// <summary>
    /// The next moment at which a value or a forecast stops counting: exact where it is not later than asked, and maybe too early beyond.
    /// </summary>
    public long FindNextEnd(long clock, long upTo)
    {
        if (NextEnd <= upTo)
        {
            CountEnds(clock);
        }

        return NextEnd;
    }

    /// <summary>
    /// The outlook: forecasts in place of present values, and the share of the weight that has one; no state without any.
    /// </summary>
    public (ScoreState? State, double Coverage) Outlook(long clock)
    {
        ScoreState? outlook = null;
        double covered = 0,
            whole = 0;
        for (var leaf = 0; leaf < _indicators.Length; leaf++)
        {
            var info = Compiled.Leaves[leaf];
            whole += info.EffectiveWeight;
            if (_indicators[leaf]?.ChooseForecast(clock, Validity.Of(info), out _) is { } series && double.IsFinite(series.Value))
            {
                if (outlook is null)
                {
                    outlook = new(Compiled, Unit);
                    outlook.CopyFrom(Present);
                }

                outlook.Set(leaf, series.Value, series.StatedError);
                covered += info.EffectiveWeight;
            }
        }

        outlook?.Update();
        return (outlook, whole > 0 ? covered / whole : 0);
    }

    /// <summary>
    /// The state as it would be if the values that stopped counting after a moment still did: what a breach is held against, because
    /// silence resolves nothing.
    /// </summary>
    public ScoreState Held(long since)
    {
        var held = new ScoreState(Compiled, Unit);
        held.CopyFrom(Present);
        for (var leaf = 0; leaf < _ends.Length; leaf++)
        {
            if (
                Present.LeafValue(leaf) is null
                && _ends[leaf] > since
                && _indicators[leaf]?.Chosen is { } series
                && double.IsFinite(series.Value)
            )
            {
                held.Set(leaf, series.Value, series.StatedError);
            }
        }

        held.Update();
        return held;
    }

    private void CountEnds(long clock)
    {
        NextEnd = long.MaxValue;
        for (var leaf = 0; leaf < _ends.Length; leaf++)
        {
            NoteForecast(leaf, clock);
            if (_ends[leaf] > clock)
            {
                NextEnd = Math.Min(NextEnd, _ends[leaf]);
            }
        }
    }
}
