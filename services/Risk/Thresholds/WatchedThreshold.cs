using EarlyWarning.Contracts.Catalogue.Watching;
using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;
using Reading = EarlyWarning.Contracts.Catalogue.Watching.Reading;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>A threshold for one country: its definition, where it stands, and what it has to remember.</summary>
internal sealed class WatchedThreshold
{
    private ((ScoreState State, long Changes) Asked, StateDistribution Distribution)? _drawn;

    public WatchedThreshold(string id, V1.Threshold definition, FrameworkState framework, Target target)
    {
        (Id, Definition, Framework, Target) = (id, definition, framework, target);
        Window = definition.Condition == V1.Condition.Rise ? new(definition.Window?.ToTimeSpan().Ticks ?? 0) : null;
        For = definition.For?.ToTimeSpan().Ticks ?? 0;
        Condition = new(definition, framework.Compiled, target);
    }

    public string Id { get; }

    public V1.Threshold Definition { get; }

    public FrameworkState Framework { get; }

    public Target Target { get; }

    public Stage Stage { get; private set; }

    /// <summary>When the condition was first met, or when it fired.</summary>
    public long Since { get; private set; }

    public long For { get; }

    /// <summary>How the condition is read.</summary>
    public WatchedCondition Condition { get; }

    /// <summary>The firing breach.</summary>
    public V1.Breach? Breach { get; private set; }

    /// <summary>The leaves' values before the condition was met; while it is pending.</summary>
    public double[]? Base { get; private set; }

    public RiseWindow? Window { get; }

    /// <summary>How sure the condition was when it was last read; nothing where the threshold does not ask, or where it is not known.</summary>
    public double? Probability { get; private set; }

    public string FrameworkId => Framework.Active.Id;

    public void MoveOn(Stage stage, long since, V1.Breach? breach, double[]? before)
    {
        var next = stage is Stage.Resolved or Stage.Superseded ? Stage.Inactive : stage;
        (Stage, Since) = (next, since);
        Breach = next == Stage.Firing ? breach : null;
        Base = next == Stage.Pending ? before : null;
    }

    /// <summary>Reads the condition in a state of the framework at a moment.</summary>
    public Reading Read(ScoreState state, long clock)
    {
        var reading = Condition.Read(state, Window?.Lowest(clock)?.Value, () => Draw(state), out var probability);
        Probability = probability;
        return reading;
    }

    /// <summary>Draws once for each content of the state: a wait asks again at every moment.</summary>
    private StateDistribution Draw(ScoreState state)
    {
        var asked = (state, Framework.Changes);
        if (_drawn is not { } drawn || drawn.Asked != asked)
        {
            _drawn = drawn = (asked, StateDistribution.Of(state, StateDistribution.DecisionDraws));
        }

        return drawn.Distribution;
    }
}
