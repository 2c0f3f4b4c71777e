using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>A small world: an index of three indicators under two factors, a model over two, and five countries.</summary>
internal static class Samples
{
    public const string Index = "frameworks/small";
    public const string Model = "frameworks/model";

    public static DateTimeOffset Start { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Now { get; } = new(2030, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Killings, threats and mistrust of each country; XAE lacks two of them.</summary>
    public static (string Country, double[] Values)[] Countries { get; } =
    [("XAA", [80, 60, 0.9]), ("XAB", [20, 40, 0.5]), ("XAC", [55, 10, 0.3]), ("XAD", [5, 5, 0.1]), ("XAE", [95, double.NaN, double.NaN])];

    public static string[] Indicators { get; } = ["killings", "threats", "mistrust"];

    public static World World()
    {
        var world = new World()
            .Put(Indicator("killings", 0, 100), Indicator("threats", 0, 100), Indicator("mistrust", 0, 1), Indicator("onset", 0, 1))
            .Put(Small())
            .Put(Logistic());
        foreach (var (country, values) in Countries)
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (!double.IsNaN(values[i]))
                {
                    world.See(country, Indicators[i], values[i], error: i == 2 ? 0.05 : 4);
                }
            }
        }

        return world;
    }

    public static V1.Indicator Indicator(string code, double minimum, double maximum) =>
        new()
        {
            Code = code,
            DisplayName = $"The {code}",
            Unit = "units",
            Minimum = minimum,
            Maximum = maximum,
        };

    /// <summary>Violence (killings, threats) twice as heavy as society (mistrust); levels low, medium from 40, high from 70.</summary>
    public static V1.Framework Small(string name = Index, V1.ReferenceSet? reference = null, Action<V1.CompositeModel>? change = null)
    {
        var framework = new V1.Framework
        {
            Name = name,
            DisplayName = "Small",
            Bands = { Band("low", 0), Band("medium", 40), Band("high", 70) },
            Composite = new()
            {
                Root = new()
                {
                    Code = "index",
                    DisplayName = "Index",
                    Children =
                    {
                        new V1.Node
                        {
                            Code = "violence",
                            DisplayName = "Violence",
                            Weight = 2,
                            Children = { Leaf("killings", 100), Leaf("threats", 100) },
                        },
                        new V1.Node
                        {
                            Code = "society",
                            DisplayName = "Society",
                            Weight = 1,
                            Children = { Leaf("mistrust", 1) },
                        },
                    },
                },
                ReferenceSet = reference,
            },
        };
        change?.Invoke(framework.Composite);
        return framework;
    }

    public static V1.Framework Logistic() =>
        new()
        {
            Name = Model,
            DisplayName = "Model",
            Bands = { Band("low", 0), Band("high", 0.5) },
            Logistic = new()
            {
                Intercept = -2,
                Coefficients =
                {
                    new V1.Coefficient
                    {
                        Indicator = "killings",
                        Value = 0.04,
                        StatedValue = 10,
                    },
                    new V1.Coefficient
                    {
                        Indicator = "mistrust",
                        Value = 1,
                        StatedValue = 0.5,
                    },
                },
            },
        };

    /// <summary>The four countries with complete data as a reference set.</summary>
    public static V1.ReferenceSet Reference()
    {
        var complete = Countries.Where(country => !country.Values.Contains(double.NaN)).ToArray();
        return new()
        {
            Units = { complete.Select(country => new V1.ReferenceUnit { Code = country.Country }) },
            Columns =
            {
                Indicators.Select(
                    (code, i) => new V1.ReferenceColumn { Indicator = code, Values = { complete.Select(country => country.Values[i]) } }
                ),
            },
        };
    }

    public static V1.UnitValues Unit(string code, params double[] values) =>
        new()
        {
            Code = code,
            Values =
            {
                values
                    .Select((value, i) => new V1.IndicatorValue { Indicator = Indicators[i], Value = value })
                    .Where(value => !double.IsNaN(value.Value)),
            },
        };

    /// <summary>
    /// The index worked out by hand: two thirds of the mean of killings and threats, one third of mistrust in percent; what is missing is
    /// left out.
    /// </summary>
    public static double Score(double killings, double threats, double mistrust)
    {
        double[] violence = [.. new[] { killings, threats }.Where(value => !double.IsNaN(value))];
        return double.IsNaN(mistrust) ? violence.Average() : ((2 * violence.Average()) + (100 * mistrust)) / 3;
    }

    /// <summary>
    /// The index of a country as <see cref="World"/> saw it, with an error of 4 for killings and threats and of 0.05 for mistrust, each
    /// kept in its range.
    /// </summary>
    public static double Seen(double killings, double threats, double mistrust) =>
        Score(Mean(killings, 4), Mean(threats, 4), Mean(100 * mistrust, 5) / 100);

    /// <summary>
    /// The index where killings alone are known: what is missing is drawn around (n · value / 100 + ½) / (n + 1), n being 1 at both nodes.
    /// </summary>
    public static double Alone(double killings)
    {
        var violence = (killings + Missing(killings)) / 2;
        return ((2 * violence) + Missing(violence)) / 3;
    }

    /// <summary>The mean of a normal value that is kept between 0 and 100, by Simpson's rule between the corners.</summary>
    public static double Mean(double value, double error)
    {
        double[] corners = [-9, Math.Clamp(-value / error, -9, 9), Math.Clamp((100 - value) / error, -9, 9), 9];
        return corners.Zip(corners.Skip(1), Simpson).Sum();

        double Simpson(double from, double to)
        {
            const int steps = 2_000;
            var width = (to - from) / steps;
            return Enumerable
                    .Range(0, steps + 1)
                    .Sum(i =>
                        (
                            i is 0 or steps ? 1
                            : i % 2 == 1 ? 4
                            : 2
                        ) * At(from + (i * width))
                    )
                * width
                / 3;
        }

        double At(double z) => Math.Clamp(value + (error * z), 0, 100) * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
    }

    private static double Missing(double known) => 100 * ((known / 100) + 0.5) / 2;

    public static Timestamp Stamp(this DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);

    private static V1.Band Band(string level, double from) => new() { Level = level, LowerBound = from };

    private static V1.Node Leaf(string indicator, double high) =>
        new()
        {
            Leaf = new()
            {
                Indicator = indicator,
                Direction = V1.Direction.Increasing,
                Low = 0,
                High = high,
            },
        };
}
