using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using EarlyWarning.Scoring.Engine.Watching;

namespace EarlyWarning.Catalogue.Watching;

/// <summary>
/// The condition of a threshold under one version of its framework: the one reading of it, whether it decides live, is asked what would be,
/// or is played over history. Immutable.
/// </summary>
public sealed class WatchedCondition
{
    private readonly V1.Threshold _definition;
    private readonly CompiledFramework _framework;
    private readonly int _level;

    /// <summary>Takes a definition that keeps to the rules.</summary>
    public WatchedCondition(V1.Threshold definition, CompiledFramework framework, Target target)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(framework);
        (_definition, _framework, Target) = (definition, framework, target);
        _level = LevelOf(definition.Level);
    }

    /// <summary>What is watched; the root for a level.</summary>
    public Target Target { get; }

    /// <summary>Reads the condition in a state.</summary>
    /// <param name="state">The state, up to date.</param>
    /// <param name="lowest">The lowest value of the window, for a rise; <see langword="null"/> where the window has none.</param>
    /// <param name="draw">Draws the state's distribution; asked only where the score leaves the answer to a probability.</param>
    /// <param name="probability">How sure the condition is; <see langword="null"/> where that was not asked, or is not known.</param>
    public ConditionReading Read(ScoreState state, double? lowest, Func<StateDistribution> draw, out double? probability)
    {
        ArgumentNullException.ThrowIfNull(draw);
        double? known = null;
        var reading = Read(state, lowest, line => IsSufficient(known = Probability(draw(), line)));
        probability = known;
        return reading;
    }

    /// <summary>Reads the condition in a state.</summary>
    /// <param name="state">The state, up to date.</param>
    /// <param name="lowest">The lowest value of the window, for a rise; <see langword="null"/> where the window has none.</param>
    /// <param name="suffices">
    /// Says whether the condition's probability is the least that is asked for, at the line that the target's value has met; asked only
    /// where the score leaves the answer to a probability.
    /// </param>
    public ConditionReading Read(ScoreState state, double? lowest, Func<double, bool> suffices)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(suffices);
        if (_definition.Condition == V1.Condition.Level)
        {
            return ReadLevel(state, suffices);
        }

        if (Target.Value(state) is not { } value || Target.Coverage(state) < _definition.MinimumCoverage)
        {
            return ConditionReading.Unknown;
        }

        return _definition.Condition switch
        {
            V1.Condition.Above => value >= _definition.Value ? Met(_definition.Value, suffices)
            : value < Clearing ? ConditionReading.Cleared
            : ConditionReading.NotMet,
            V1.Condition.Below => value <= _definition.Value ? Met(_definition.Value, suffices)
            : value > Clearing ? ConditionReading.Cleared
            : ConditionReading.NotMet,
            V1.Condition.Rise => lowest is { } low && value - low >= _definition.Value
                ? Met(low + _definition.Value, suffices)
                : ConditionReading.Cleared,
            _ => ConditionReading.Unknown,
        };
    }

    /// <summary>
    /// Whether the condition is passed back in a state, and in it as it would be if the values that have gone stale since still counted;
    /// the scores alone say that.
    /// </summary>
    /// <param name="state">The state, up to date.</param>
    /// <param name="held">Makes the other; asked only where the first says so.</param>
    /// <param name="lowest">The lowest value of the window, for a rise; <see langword="null"/> where the window has none.</param>
    public bool IsPassedBack(ScoreState state, Func<ScoreState> held, double? lowest)
    {
        ArgumentNullException.ThrowIfNull(held);
        return Clears(state) && Clears(held());

        bool Clears(ScoreState one) => Read(one, lowest, static _ => false) == ConditionReading.Cleared;
    }

    /// <summary>
    /// How sure it is that the true value is past a line, or for a level that the true level is reached; <see langword="null"/> where that
    /// is not known.
    /// </summary>
    /// <param name="distribution">The state's distribution.</param>
    /// <param name="line">The line; for a level of no meaning.</param>
    public double? Probability(StateDistribution distribution, double line)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        return _definition.Condition switch
        {
            V1.Condition.Level => distribution.LevelAtLeast(_level),
            V1.Condition.Below => 1 - Target.ProbabilityAtLeast(distribution, line),
            _ => Target.ProbabilityAtLeast(distribution, line),
        };
    }

    /// <summary>Whether a probability is the least that is asked for; one that is not known is not.</summary>
    public bool IsSufficient(double? probability) => probability >= _definition.MinimumProbability;

    /// <summary>
    /// The node whose value meets the condition in a state: the target, or for a level the node with the highest level of those with enough
    /// data; -1 for an indicator.
    /// </summary>
    public int NodeOf(ScoreState state) => _definition.Condition == V1.Condition.Level ? Highest(state).Node : Target.Node;

    /// <summary>
    /// The line that the condition draws on the scale of the node that meets it, or of the indicator: for a level, where it begins in that
    /// node.
    /// </summary>
    public double LineIn(ScoreState state) =>
        _definition.Condition == V1.Condition.Level ? _framework.LevelBound(Highest(state).Node, _level) : _definition.Value;

    private double Clearing => _definition.HasClearingValue ? _definition.ClearingValue : _definition.Value;

    // Below the index's floor the level is that of the nodes that have enough data of their own, or higher: what they reach is reached, and
    // what they do not reach is not known.
    private ConditionReading ReadLevel(ScoreState state, Func<double, bool> suffices) =>
        _level < 0 ? ConditionReading.Unknown
        : Highest(state).Level >= _level ? Met(0, suffices)
        : IsIndexCovered(state) ? ConditionReading.Cleared
        : ConditionReading.Unknown;

    private (int Node, int Level) Highest(ScoreState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.HighestLevel(withRoot: IsIndexCovered(state)) is { Node: >= 0 } highest ? highest : (_framework.Root, -1);
    }

    private bool IsIndexCovered(ScoreState state) => state.Score is not null && state.Coverage >= _definition.MinimumCoverage;

    private ConditionReading Met(double line, Func<double, bool> suffices) =>
        !_definition.HasMinimumProbability || suffices(line) ? ConditionReading.Met : ConditionReading.Unknown;

    private int LevelOf(string level)
    {
        var bands = _framework.Model.Bands;
        for (var i = 0; i < bands.Length; i++)
        {
            if (bands[i].Name == level)
            {
                return i;
            }
        }

        return -1;
    }
}
