using EarlyWarning.Catalogue;
using EarlyWarning.Scoring.Engine.Compilation;
using EarlyWarning.Scoring.Engine.Models;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.Infrastructure;

/// <summary>Small frameworks, thresholds and observations to test with.</summary>
internal static class Samples
{
    public const string Framework = "small";

    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Two factors: "violence" of killings and threats, "state" of courts. Goalposts 0 and 100; levels low, medium from 40, high from 70.
    /// </summary>
    public static ActiveFramework Small(int version = 1, double courts = 1, TimeSpan? validity = null)
    {
        var model = new CompositeFramework
        {
            Id = Framework,
            Version = version,
            Bands = [new("low", 0), new("medium", 40), new("high", 70)],
            Root = new()
            {
                Code = "index",
                Missing = new RenormaliseWeights(0),
                Children =
                [
                    new Node
                    {
                        Code = "violence",
                        Name = "Violence",
                        Missing = new RenormaliseWeights(0),
                        Children = [Leaf("killings", 1, validity), Leaf("threats", 1, validity)],
                    },
                    new Node
                    {
                        Code = "state",
                        Name = "State",
                        Weight = courts,
                        Missing = new RenormaliseWeights(0),
                        Children = [Leaf("courts", 1, validity)],
                    },
                ],
            },
        };
        return new(
            Framework,
            version,
            new V1.Framework { Name = $"frameworks/{Framework}/versions/{version}", DisplayName = "Small" },
            CompiledFramework.Compile(model)
        );
    }

    /// <summary>
    /// As <see cref="Small"/>, with a floor of 0.6 of the index, and the level decided by "violence" too: high from 60, once half of it is
    /// known.
    /// </summary>
    public static ActiveFramework Levelled()
    {
        var small = Small();
        var model = (CompositeFramework)small.Compiled.Model;
        var levelled = model with
        {
            Root = model.Root with { Missing = new RenormaliseWeights(0.6) },
            NodeLevels = [new("violence", [new("low", 0), new("high", 60)], 0.5)],
        };
        return small with { Compiled = CompiledFramework.Compile(levelled) };
    }

    /// <summary>
    /// The score of <see cref="Small"/> where half of a node is known and stands at a value: half of it, and half of what is missing, which
    /// is drawn around (value / 100 + ½) / 2.
    /// </summary>
    public static double HalfKnown(double value) => (0.5 * value) + (0.5 * 100 * ((value / 100) + 0.5) / 2);

    /// <summary>The score of <see cref="Small"/> with one of the two indicators of "violence" and nothing else.</summary>
    public static double OneOfViolence(double value) => HalfKnown(HalfKnown(value));

    public static V1.Threshold Above(double value, string target = "", Action<V1.Threshold>? change = null)
    {
        var threshold = new V1.Threshold
        {
            Name = "thresholds/alarm",
            DisplayName = "Alarm",
            Framework = $"frameworks/{Framework}",
            Target = target,
            Condition = V1.Condition.Above,
            Value = value,
            Severity = V1.Severity.Warning,
        };
        change?.Invoke(threshold);
        return threshold;
    }

    public static V1.Threshold Rise(double by, TimeSpan window) =>
        Above(by, change: threshold => (threshold.Condition, threshold.Window) = (V1.Condition.Rise, Duration.FromTimeSpan(window)));

    public static V1.Observation Observation(
        string indicator,
        double value,
        DateTimeOffset observed,
        string? id = null,
        string source = "desk",
        long revision = 0,
        TimeSpan? horizon = null
    )
    {
        var observation = new V1.Observation
        {
            ObservationId = id ?? $"{indicator}/{source}/{observed.UtcTicks}/{revision}/{value}",
            Country = "XAA",
            Indicator = indicator,
            Value = value,
            ObservedAt = Timestamp.FromDateTimeOffset(observed),
            Source = source,
            Revision = revision,
        };
        if (horizon is { } ahead)
        {
            observation.Horizon = Duration.FromTimeSpan(ahead);
        }

        return observation;
    }

    private static Leaf Leaf(string code, double weight, TimeSpan? validity) =>
        new()
        {
            Code = code,
            Weight = weight,
            Normalisation = new Goalposts(0, 100),
            Validity = validity,
        };
}
