using EarlyWarning.Risk.Countries;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Risk.Thresholds;

/// <summary>A threshold for one country: its definition, where it stands, and what it has to remember.</summary>
internal sealed class WatchedThreshold
{
    private readonly int _level;
    private ((ScoreState State, long Position, double Value) Asked, double Probability)? _drawn;

    public WatchedThreshold(string id, V1.Threshold definition, FrameworkState framework, Target target)
    {
        (Id, Definition, Framework, Target) = (id, definition, framework, target);
        Window = definition.Condition == V1.Condition.Rise ? new(definition.Window?.ToTimeSpan().Ticks ?? 0) : null;
        For = definition.For?.ToTimeSpan().Ticks ?? 0;
        _level = LevelOf(definition.Level);
    }

    public string Id { get; }

    public V1.Threshold Definition { get; }

    public FrameworkState Framework { get; }

    public Target Target { get; }

    public Stage Stage { get; private set; }

    /// <summary>When the condition was first met, or when it fired.</summary>
    public long Since { get; private set; }

    public long For { get; }

    /// <summary>The firing breach.</summary>
    public V1.Breach? Breach { get; private set; }

    /// <summary>The leaves' values before the condition was met; while it is pending.</summary>
    public double[]? Base { get; private set; }

    public RiseWindow? Window { get; }

    /// <summary>How sure the condition was when it was last read; nothing where the threshold does not ask.</summary>
    public double? Probability { get; private set; }

    public string FrameworkId => Framework.Active.Id;

    public void MoveOn(Stage stage, long since, V1.Breach? breach, double[]? before)
    {
        var next = stage is Stage.Resolved or Stage.Superseded ? Stage.Inactive : stage;
        (Stage, Since) = (next, since);
        Breach = next == Stage.Firing ? breach : null;
        Base = next == Stage.Pending ? before : null;
    }

    /// <summary>
    /// Reads the condition in a state at a moment. Where the threshold asks how sure that is, the draws are seeded by framework version, country and
    /// position.
    /// </summary>
    public Reading Read(ScoreState state, CountryState country)
    {
        if (Target.Value(state) is not { } value || Target.Coverage(state) < Definition.MinimumCoverage)
        {
            return Reading.Unknown;
        }

        return Definition.Condition switch
        {
            V1.Condition.Above => value >= Definition.Value ? Sure(state, Definition.Value, country)
                : value < Clearing ? Reading.Cleared : Reading.NotMet,
            V1.Condition.Below => value <= Definition.Value ? SureBelow(state, Definition.Value, country)
                : value > Clearing ? Reading.Cleared : Reading.NotMet,
            V1.Condition.Rise => Window!.Lowest(country.Clock) is { } low && value - low.Value >= Definition.Value
                ? Sure(state, low.Value + Definition.Value, country) : Reading.Cleared,
            V1.Condition.Level => _level < 0 ? Reading.Unknown
                : state.LevelIndex >= _level ? Sure(state, state.Framework.Model.Bands[_level].LowerBound, country) : Reading.Cleared,
            _ => Reading.Unknown,
        };
    }

    private double Clearing => Definition.HasClearingValue ? Definition.ClearingValue : Definition.Value;

    private Reading Sure(ScoreState state, double value, CountryState country)
        => Definition.MinimumProbability <= 0 || IsSure(ProbabilityAtLeast(state, value, country)) ? Reading.Met : Reading.Unknown;

    private Reading SureBelow(ScoreState state, double value, CountryState country)
        => Definition.MinimumProbability <= 0 || IsSure(1 - ProbabilityAtLeast(state, value, country)) ? Reading.Met : Reading.Unknown;

    private bool IsSure(double probability)
    {
        Probability = probability;
        return probability >= Definition.MinimumProbability;
    }

    /// <summary>Draws once for each position and value: a wait asks again after every input.</summary>
    private double ProbabilityAtLeast(ScoreState state, double value, CountryState country)
    {
        var asked = (state, country.InputPosition, value);
        if (_drawn is not { } drawn || drawn.Asked != asked)
        {
            var seed = Seed.Of(Framework.Active.Id, Framework.Active.Version, country.Country, country.InputPosition);
            _drawn = drawn = (asked, Target.ProbabilityAtLeast(state, value, seed));
        }

        return drawn.Probability;
    }

    private int LevelOf(string level)
    {
        var bands = Framework.Compiled.Model.Bands;
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
