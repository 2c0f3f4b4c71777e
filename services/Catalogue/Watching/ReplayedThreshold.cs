using EarlyWarning.Scoring.Engine.Evaluation.Replay;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Watching;

namespace EarlyWarning.Catalogue.Watching;

/// <summary>
/// A threshold that is played over the states of one country: reads them as it does live, but for the sources that stand behind a value,
/// which history does not know. Played once. Not thread-safe.
/// </summary>
public sealed class ReplayedThreshold : ReplayedWatch
{
    private readonly WatchedCondition? _condition;
    private readonly IReadOnlyList<DateTimeOffset> _times;
    private readonly IReadOnlyList<ScoreState?> _states;
    private readonly RiseWindow? _window;
    private readonly Dictionary<int, HeldLeaf> _held = [];
    private ScoreState? _state;
    private StateDistribution? _distribution;

    /// <param name="definition">The threshold, which keeps to the rules.</param>
    /// <param name="target">What it watches in the framework of the states.</param>
    /// <param name="times">When each state became known, rising.</param>
    /// <param name="states">The states, up to date, each with the values that counted then; <see langword="null"/> without data.</param>
    public ReplayedThreshold(V1.Threshold definition, Target target, IReadOnlyList<DateTimeOffset> times, IReadOnlyList<ScoreState?> states)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(states);
        (_times, _states) = (times, states);
        _condition = states.OfType<ScoreState>().FirstOrDefault() is { } any ? new(definition, any.Framework, target) : null;
        _window = definition.Condition == V1.Condition.Rise ? new(definition.Window?.ToTimeSpan().Ticks ?? 0) : null;
        Duration = definition.For?.ToTimeSpan().Ticks ?? 0;
        Sign = definition.Condition == V1.Condition.Below ? -1 : 1;
    }

    /// <inheritdoc />
    public override long Duration { get; }

    /// <inheritdoc />
    public override int Sign { get; }

    /// <inheritdoc />
    public override void Observe(int point)
    {
        var now = _times[point].UtcTicks;
        for (var leaf = 0; leaf < (_state?.Framework.LeafCount ?? 0); leaf++)
        {
            if (_state!.LeafValue(leaf) is { } value)
            {
                _held[leaf] = new(value, _state.LeafErrorIsDefault(leaf) ? null : _state.LeafStandardError(leaf), now);
            }
        }

        (_state, _distribution) = (_states[point], null);
        _window?.Observe(now, _state is null ? null : _condition!.Target.Value(_state), static () => []);
    }

    /// <inheritdoc />
    public override ConditionReading Read(long clock) =>
        _state is null ? ConditionReading.Unknown : _condition!.Read(_state, _window?.Lowest(clock)?.Value, Draw, out _);

    /// <inheritdoc />
    public override bool IsPassedBack(long clock) =>
        _state is not null && _condition!.IsPassedBack(_state, Held, _window?.Lowest(clock)?.Value);

    private StateDistribution Draw() => _distribution ??= StateDistribution.Of(_state!, StateDistribution.DecisionDraws);

    /// <summary>The state as it would be if the values that stopped counting after the warning began still did.</summary>
    private ScoreState Held()
    {
        var held = new ScoreState(_state!.Framework, _state.Country);
        held.CopyFrom(_state);
        foreach (var (leaf, last) in _held)
        {
            if (_state.LeafValue(leaf) is null && last.Until > Since)
            {
                held.Set(leaf, last.Value, last.Error);
            }
        }

        held.Update();
        return held;
    }

    /// <summary>A leaf's last value.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Error">Its stated standard error; <see langword="null"/> where none was stated.</param>
    /// <param name="Until">Until when it counted, in ticks.</param>
    private readonly record struct HeldLeaf(double Value, double? Error, long Until);
}
