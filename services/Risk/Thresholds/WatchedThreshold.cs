using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Scores;
using EarlyWarning.Scoring.Engine.Watching;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>A threshold for one country: its definition, where it stands, and what it has to remember.</summary>
internal sealed class WatchedThreshold : IWatched
{
    /// <summary>Spares draws of a node's score; an indicator's probability needs none.</summary>
    private readonly ProbabilityMemory? _memory;

    public WatchedThreshold(string id, V1.Threshold definition, FrameworkState framework, Target target)
    {
        (Id, Definition, Framework, Target) = (id, definition, framework, target);
        Window = definition.Condition == V1.Condition.Rise ? new(definition.Window?.ToTimeSpan().Ticks ?? 0) : null;
        Duration = definition.For?.ToTimeSpan().Ticks ?? 0;
        Condition = new(definition, framework.Compiled, target);
        _memory = definition.HasMinimumProbability && target.Leaf < 0 ? new(framework.Compiled, target, definition.Condition) : null;
    }

    public string Id { get; }

    public V1.Threshold Definition { get; }

    public FrameworkState Framework { get; }

    public Target Target { get; }

    public Stage Stage { get; private set; }

    WatchStage IWatched.Stage =>
        Stage switch
        {
            Stage.Pending => WatchStage.Pending,
            Stage.Firing => WatchStage.Firing,
            _ => WatchStage.Inactive,
        };

    /// <inheritdoc />
    public long Since { get; private set; }

    /// <inheritdoc />
    public long Duration { get; }

    /// <summary>How the condition is read.</summary>
    public WatchedCondition Condition { get; }

    /// <summary>The firing breach.</summary>
    public V1.Breach? Breach { get; private set; }

    /// <summary>The leaves' values before the condition was met; while it is pending.</summary>
    public double[]? Base { get; private set; }

    public RiseWindow? Window { get; }

    public void MoveOn(Stage stage, long since, V1.Breach? breach, double[]? before)
    {
        var next = stage is Stage.Resolved or Stage.Superseded ? Stage.Inactive : stage;
        (Stage, Since) = (next, since);
        Breach = next == Stage.Firing ? breach : null;
        Base = next == Stage.Pending ? before : null;
    }

    /// <summary>
    /// Reads the condition in the framework's present state at a moment; one that too few sources stand behind is not known.
    /// </summary>
    public ConditionReading Read(long clock)
    {
        var reading = Condition.Read(Framework.Present, Window?.Lowest(clock)?.Value, Suffices);
        return reading == ConditionReading.Met && Definition.HasMinimumSources && Sources(clock) < Definition.MinimumSources
            ? ConditionReading.Unknown
            : reading;
    }

    /// <inheritdoc />
    public bool IsPassedBack(long clock) =>
        Condition.IsPassedBack(Framework.Present, () => Framework.Held(Since), Window?.Lowest(clock)?.Value);

    /// <summary>
    /// How sure a condition is that is met in the present state; nothing where the threshold does not ask, or where it is not known.
    /// </summary>
    public double? Probability(long clock)
    {
        Condition.Read(Framework.Present, Window?.Lowest(clock)?.Value, () => Framework.Distribution, out var probability);
        return probability;
    }

    private int Sources(long clock)
    {
        var met = Target.Leaf >= 0 ? Target : new Target(Condition.NodeOf(Framework.Present), -1);
        return Corroboration.Sources(Framework, met, Condition.LineIn(Framework.Present), clock);
    }

    private bool Suffices(double line) =>
        _memory is null ? IsSufficient(line) : _memory.Find(Framework.Present, line) ?? _memory.Add(Framework.Present, line, IsSufficient);

    private bool IsSufficient(double line) => Condition.IsSufficient(Condition.Probability(Framework.Distribution, line));
}
