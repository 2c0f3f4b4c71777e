using System.Globalization;
using System.Text.RegularExpressions;
using EarlyWarning.Board.Calls;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.Board.Language.Words;

namespace EarlyWarning.Board.Thresholds;

/// <summary>A threshold as it stands in a form: texts, which may be wrong.</summary>
public sealed partial class ThresholdDraft
{
    /// <summary>Gets or sets its id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Gets or sets its name for people.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Gets or sets the framework: <c>frameworks/{id}</c>.</summary>
    public string Framework { get; set; } = "";

    /// <summary>Gets or sets the code of what is watched; empty for the framework's score.</summary>
    public string Target { get; set; } = "";

    /// <summary>Gets or sets what is watched for.</summary>
    public Condition Condition { get; set; } = Condition.Above;

    /// <summary>Gets or sets how severe a breach is.</summary>
    public Severity Severity { get; set; } = Severity.Warning;

    /// <summary>Gets or sets the value that must be passed.</summary>
    public string Value { get; set; } = "";

    /// <summary>Gets or sets the value that must be passed back.</summary>
    public string ClearingValue { get; set; } = "";

    /// <summary>Gets or sets the level.</summary>
    public string Level { get; set; } = "";

    /// <summary>Gets or sets the window of a rise, such as <c>30d</c>.</summary>
    public string Window { get; set; } = "";

    /// <summary>Gets or sets how long it must hold, such as <c>12h</c>.</summary>
    public string For { get; set; } = "";

    /// <summary>Gets or sets the least coverage, in percent.</summary>
    public string Coverage { get; set; } = "";

    /// <summary>Gets or sets the least probability, in percent.</summary>
    public string Probability { get; set; } = "";

    /// <summary>Gets or sets the least number of sources.</summary>
    public string Sources { get; set; } = "";

    /// <summary>Gets or sets the codes of countries; empty for all.</summary>
    public string Countries { get; set; } = "";

    /// <summary>Gets or sets whether it stands still.</summary>
    public bool Disabled { get; set; }

    /// <summary>Writes a threshold into a form.</summary>
    internal static ThresholdDraft Of(Threshold threshold) =>
        new()
        {
            Id = ResourceName.IdOf(threshold.Name),
            DisplayName = threshold.DisplayName,
            Framework = threshold.Framework,
            Target = threshold.Target,
            Condition = threshold.Condition,
            Severity = threshold.Severity,
            Value = threshold.HasValue ? ConditionWords.Figure(threshold.Value) : "",
            ClearingValue = threshold.HasClearingValue ? ConditionWords.Figure(threshold.ClearingValue) : "",
            Level = threshold.Level,
            Window = Span(threshold.Window),
            For = Span(threshold.For),
            Coverage = threshold.HasMinimumCoverage ? ConditionWords.Figure(threshold.MinimumCoverage * 100) : "",
            Probability = threshold.HasMinimumProbability ? ConditionWords.Figure(threshold.MinimumProbability * 100) : "",
            Sources = threshold.HasMinimumSources ? $"{threshold.MinimumSources}" : "",
            Countries = string.Join(' ', threshold.Countries),
            Disabled = threshold.Disabled,
        };

    /// <summary>Reads the threshold of a form; what its condition does not take is left out.</summary>
    /// <param name="etag">The etag that the present one must have.</param>
    /// <param name="faults">Gets what cannot be read, by field as the contract names it.</param>
    internal Threshold Read(string etag, Dictionary<string, string> faults)
    {
        Threshold threshold = new()
        {
            Name = $"thresholds/{Id.Trim()}",
            DisplayName = DisplayName.Trim(),
            Framework = Framework,
            Condition = Condition,
            Severity = Severity,
            For = SpanOf(For, "for", faults),
            Disabled = Disabled,
            Etag = etag,
            Countries =
            {
                Countries
                    .Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(code => code.ToUpperInvariant()),
            },
        };
        if (Condition == Condition.Level)
        {
            threshold.Level = Level;
        }
        else
        {
            threshold.Target = Target.Trim();
            Set(Value, "value", faults, value => threshold.Value = value);
        }

        if (Condition is Condition.Above or Condition.Below)
        {
            Set(ClearingValue, "clearing_value", faults, value => threshold.ClearingValue = value);
        }

        if (Condition == Condition.Rise)
        {
            threshold.Window = SpanOf(Window, "window", faults);
        }

        Set(Coverage, "minimum_coverage", faults, value => threshold.MinimumCoverage = value / 100);
        Set(Probability, "minimum_probability", faults, value => threshold.MinimumProbability = value / 100);
        if (Condition is Condition.Above or Condition.Level)
        {
            Set(Sources, "minimum_sources", faults, value => threshold.MinimumSources = (int)Math.Clamp(value, 0, int.MaxValue));
        }

        return threshold;
    }

    private static void Set(string text, string field, Dictionary<string, string> faults, Action<double> set)
    {
        if (text.Trim().Length == 0)
        {
            return;
        }

        if (
            double.TryParse(text.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
        )
        {
            set(value);
        }
        else
        {
            faults[field] = Say("threshold.fault.number", text.Trim());
        }
    }

    private static Duration? SpanOf(string text, string field, Dictionary<string, string> faults)
    {
        if (text.Trim().Length == 0)
        {
            return null;
        }

        if (SpanForm().Match(text.Trim()) is { Success: true } found)
        {
            return new()
            {
                Seconds =
                    int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
                    * found.Groups[2].Value switch
                    {
                        "d" => 86_400L,
                        "h" => 3_600,
                        "m" => 60,
                        _ => 1,
                    },
            };
        }

        faults[field] = Say("threshold.fault.span", text.Trim());
        return null;
    }

    private static string Span(Duration? span) =>
        span?.Seconds switch
        {
            null or 0 => "",
            var s when s % 86_400 == 0 => $"{s / 86_400}d",
            var s when s % 3_600 == 0 => $"{s / 3_600}h",
            var s when s % 60 == 0 => $"{s / 60}m",
            var s => $"{s}s",
        };

    [GeneratedRegex(@"^(\d{1,6}) ?([dhms])\z")]
    private static partial Regex SpanForm();
}
